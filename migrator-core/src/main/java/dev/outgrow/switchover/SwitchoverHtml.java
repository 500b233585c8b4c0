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
        status.since().ifPresent(since -> facts.put("Since", SwitchoverText.moment(since)));
        status.active().ifPresent(active -> facts.put("The right one", active.words()));
        status.migrationId().ifPresent(id -> facts.put("Migration", id + ", round " + status.round()));
        status.provenAt().ifPresent(proven -> facts.put("Proven", SwitchoverText.moment(proven)));
        facts.put("Late writes", status.lateWrites().toString());
        status.waitingCopy()
                .ifPresent(copy -> facts.put("Copied ahead", SwitchoverText.copied(copy, status.askedAt())));
        status.costOfGoingBack().ifPresent(cost -> facts.put("Way back", cost.toString()));
        facts.put("Asked at", SwitchoverText.moment(status.askedAt()));
        HtmlPage page = new HtmlPage(
                "Outgrow: switchover",
                status.refusal()
                        .map(reason -> "REFUSED: " + reason)
                        .orElse("Switchover: " + status.state().words()),
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
