package dev.outgrow.report;

import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.validate.internal.html.Html;
import dev.outgrow.validate.internal.html.HtmlPage;
import java.util.LinkedHashMap;
import java.util.Map;

/** A rehearsal as a page: what it needed, what the real run will take, and what was done. */
final class RehearsalHtml {
    private final Rehearsal rehearsal;

    RehearsalHtml(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    String page() {
        MigrationReport report = rehearsal.report();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Source", report.source());
        facts.put("Target", "schema \"" + report.schema() + "\" of " + report.target());
        facts.put(
                "Real run", "about " + Amount.time(rehearsal.prediction().time()) + ", as long as this rehearsal took");
        facts.put("Next", "Migration.rehearsed(rehearsal).run()");
        HtmlPage page = new HtmlPage(
                "Outgrow: rehearsal",
                "REHEARSED: " + Amount.of(report.tables().size(), "table") + ", " + Amount.of(report.rows(), "row")
                        + " arrived.",
                true,
                facts);
        if (!rehearsal.adjustments().isEmpty()) {
            page.section(
                    "What it needed beyond the defaults",
                    Html.list(
                            rehearsal.adjustments().stream()
                                    .map(each -> each.subject() + ": " + each.message())
                                    .toList(),
                            false));
        }
        if (!rehearsal.smokeTests().isEmpty()) {
            page.section(
                    "The app's own tests",
                    Html.list(
                            rehearsal.smokeTests().stream()
                                    .map(test -> test.name()
                                            + test.time()
                                                    .map(time -> ": passed in " + Amount.time(time))
                                                    .orElse(": not called here"))
                                    .toList(),
                            false));
        }
        return new ReportHtml(report).sections(page).toString();
    }
}
