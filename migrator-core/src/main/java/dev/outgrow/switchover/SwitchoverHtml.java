package dev.outgrow.switchover;

import dev.outgrow.validate.internal.html.Html;
import dev.outgrow.validate.internal.html.HtmlPage;
import java.util.LinkedHashMap;
import java.util.Map;

/** A status as a page. */
final class SwitchoverHtml {
    private SwitchoverHtml() {}

    static String of(SwitchoverStatus status) {
        Map<String, String> facts = new LinkedHashMap<>();
        status.since().ifPresent(since -> facts.put("Since", since.toString()));
        status.active().ifPresent(active -> facts.put("Right one", active.toString()));
        status.migrationId().ifPresent(id -> facts.put("Migration", id + ", round " + status.round()));
        status.provenAt().ifPresent(proven -> facts.put("Proven", proven.toString()));
        facts.put("Late writes", status.lateWrites().toString());
        status.costOfGoingBack().ifPresent(cost -> facts.put("Way back", cost.toString()));
        facts.put("Asked at", status.askedAt().toString());
        HtmlPage page = new HtmlPage(
                "Outgrow: switchover",
                status.refusal().map(reason -> "REFUSED: " + reason).orElse("STATE: " + status.state()),
                status.refusal().isEmpty(),
                facts);
        if (!status.findings().isEmpty()) {
            page.section("What was found", Html.list(status.findings(), false));
        }
        if (!status.nextSteps().isEmpty()) {
            page.section("What to do now", Html.list(status.nextSteps(), true));
        }
        return page.toString();
    }
}
