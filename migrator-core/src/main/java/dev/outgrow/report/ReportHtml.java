package dev.outgrow.report;

import dev.outgrow.plan.Notice;
import dev.outgrow.plan.NoticeGroup;
import dev.outgrow.plan.PlannedColumn;
import dev.outgrow.plan.PlannedTable;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.validate.TableComparison;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.html.Block;
import dev.outgrow.validate.internal.html.Html;
import dev.outgrow.validate.internal.html.HtmlPage;
import dev.outgrow.validate.internal.html.HtmlTable;
import dev.outgrow.validate.internal.html.HtmlTable.Cell;
import dev.outgrow.validate.internal.html.HtmlTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A report as a page, and its sections for the pages of others. */
final class ReportHtml {
    private final MigrationReport report;

    ReportHtml(MigrationReport report) {
        this.report = report;
    }

    String page() {
        HtmlPage page = new HtmlPage(
                "Outgrow: migration",
                ReportSummary.headline(report),
                ReportSummary.moved(report),
                ReportSummary.facts(report));
        if (ReportSummary.moved(report)) {
            page.section("What to do now", Html.list(report.nextSteps(), true));
            if (!report.address().database().isEmpty()) {
                page.section(
                        "Commands to copy",
                        Html.lines(List.of(report.dumpLine(), report.address().trial())));
            }
        }
        return sections(page).toString();
    }

    /** What was done and found, without what to do now. */
    HtmlPage sections(HtmlPage page) {
        page.section("Time", time());
        if (!report.tables().isEmpty()) {
            page.section("Tables", tables());
        }
        page.section("Comparison", comparison());
        page.section(
                "Accepted",
                cards(report.notices().stream().filter(this::isAccepted).toList()));
        Map<String, List<Notice>> changes = Changes.sections(report);
        changes.forEach((title, notices) -> page.section(title, cards(notices)));
        List<Notice> told = changes.values().stream().flatMap(List::stream).toList();
        page.section(
                "What else the plan said",
                cards(report.notices().stream()
                        .filter(notice -> !isAccepted(notice) && !told.contains(notice))
                        .toList()));
        if (!report.planned().isEmpty()) {
            page.section("Columns", columns());
        }
        return page;
    }

    private List<Block> time() {
        List<Block> blocks = new ArrayList<>();
        long whole = report.time().toMillis();
        HtmlTimeline phases = new HtmlTimeline("Phases", whole);
        HtmlTable table = new HtmlTable("Phases").text("phase");
        if (report.predicted().isPresent()) {
            table.number("predicted");
        }
        table.number("took");
        long start = 0;
        for (PhaseTime phase : report.phases()) {
            long millis = phase.time().toMillis();
            phases.bar(phase.phase().words(), phase.phase().words(), start, millis);
            start += millis;
            List<Cell> row = new ArrayList<>(List.of(Cell.of(phase.phase().words())));
            report.predicted().ifPresent(predicted -> row.add(time(predicted.time(phase.phase()))));
            row.add(time(phase.time()));
            table.row(row.toArray(Cell[]::new));
        }
        if (!report.phases().isEmpty()) {
            blocks.add(phases);
            blocks.add(table);
        }
        if (!report.work().isEmpty()) {
            HtmlTimeline connections = new HtmlTimeline("Copying, by connection", whole);
            report.work()
                    .forEach(span -> connections.bar(
                            "connection " + span.connection(), span.table(), span.startMillis(), span.millis()));
            blocks.add(connections);
        }
        return blocks;
    }

    private HtmlTable tables() {
        Map<String, TableComparison> compared = new HashMap<>();
        report.validation()
                .ifPresent(validation -> validation.tables().forEach(table -> compared.put(table.table(), table)));
        HtmlTable tables = new HtmlTable(Amount.of(report.tables().size(), "table"))
                .text("table")
                .text("in PostgreSQL")
                .number("rows")
                .number("bytes sent")
                .number("copying")
                .number("values compared")
                .number("normalised")
                .number("differences");
        for (TableReport table : report.tables()) {
            TableComparison found = compared.get(table.name());
            tables.row(
                    Cell.of(table.name()),
                    Cell.of(table.targetName()),
                    count(table.rows()),
                    count(table.bytes()),
                    time(table.copying()),
                    found == null ? new Cell("", -1) : count(found.valuesCompared()),
                    found == null ? new Cell("", -1) : count(found.normalisedValues()),
                    found == null ? new Cell("", -1) : count(found.differenceCount()));
        }
        return tables;
    }

    private List<Block> comparison() {
        List<Block> blocks = new ArrayList<>();
        report.validation().ifPresent(validation -> {
            blocks.add(Html.paragraph(validation.toString().lines().findFirst().orElse("")));
            List<String> lines = new ArrayList<>();
            for (TableComparison table : validation.tables()) {
                table.normalised()
                        .forEach((column, values) -> lines.add(table.table() + "." + column + ": "
                                + Amount.of(values, "value")
                                + " normalised, the same in PostgreSQL's own spelling"));
                table.differences().forEach(difference -> lines.add("DIFFERENT: " + difference));
            }
            lines.addAll(beside(validation));
            if (!lines.isEmpty()) {
                blocks.add(Html.list(lines, false));
            }
        });
        return blocks;
    }

    private static List<String> beside(ValidationReport validation) {
        List<String> lines = new ArrayList<>();
        validation.schemaFindings().forEach(finding -> lines.add("WRONG: " + finding.id() + ": " + finding.message()));
        validation.checks().forEach(check -> lines.add("Check " + check));
        validation.notCompared().forEach(left -> lines.add("Not compared: " + left.subject() + ": " + left.reason()));
        return lines;
    }

    private boolean isAccepted(Notice notice) {
        return report.accepted().contains(notice.id());
    }

    private List<Block> cards(List<Notice> notices) {
        List<Block> cards = new ArrayList<>();
        for (NoticeGroup group : NoticeGroup.of(notices, report.planned())) {
            List<String> ids = group.notices().stream().map(Notice::id).toList();
            String title = ids.size() == 1 ? ids.get(0) : group.kind() + ": " + Amount.of(ids.size(), "notice");
            cards.add(Html.card(title, group.message(), ids, List.of()));
        }
        return cards;
    }

    private HtmlTable columns() {
        HtmlTable columns = new HtmlTable("The types that were chosen, and why")
                .text("column")
                .text("declared")
                .text("in PostgreSQL")
                .text("taken for")
                .text("reason");
        for (PlannedTable table : report.planned()) {
            for (PlannedColumn column : table.columns()) {
                columns.row(
                        Cell.of(table.name() + "." + column.name()),
                        Cell.of(column.declaredType()),
                        Cell.of(column.type()),
                        Cell.of(column.meaning()),
                        Cell.of(column.reason()));
            }
        }
        return columns;
    }

    private static Cell count(long number) {
        return new Cell(Amount.count(number), number);
    }

    private static Cell time(Duration time) {
        return new Cell(Amount.time(time), time.toNanos());
    }
}
