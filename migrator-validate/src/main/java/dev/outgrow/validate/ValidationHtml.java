package dev.outgrow.validate;

import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.validate.internal.html.Block;
import dev.outgrow.validate.internal.html.Html;
import dev.outgrow.validate.internal.html.HtmlPage;
import dev.outgrow.validate.internal.html.HtmlTable;
import dev.outgrow.validate.internal.html.HtmlTable.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A comparison as a page, and as sections of other pages. */
final class ValidationHtml {
    private final ValidationReport report;

    ValidationHtml(ValidationReport report) {
        this.report = report;
    }

    String page() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Tables", Amount.count(report.tables().size()));
        facts.put(
                "Rows",
                Amount.count(report.tables().stream()
                        .mapToLong(TableComparison::sourceRows)
                        .sum()));
        facts.put("Time", Amount.time(report.time()));
        HtmlPage page = new HtmlPage("Outgrow: comparison", ValidationText.verdict(report), report.passed(), facts);
        return page.section("What was compared", blocks()).toString();
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(tables());
        HtmlTable differences = new HtmlTable("Differences")
                .text("table")
                .text("column")
                .text("key")
                .text("what differs");
        report.differences()
                .forEach(difference -> differences.row(
                        Cell.of(difference.table()),
                        Cell.of(difference.column().orElse("the whole row")),
                        Cell.of(difference.key()),
                        Cell.of(difference.kind().words())));
        if (!report.differences().isEmpty()) {
            blocks.add(differences);
        }
        HtmlTable normalised = new HtmlTable("Normalised: the same value in PostgreSQL's own spelling")
                .text("column")
                .number("values");
        report.tables()
                .forEach(table -> table.normalised()
                        .forEach((column, count) -> normalised.row(
                                Cell.of(table.table() + "." + column), new Cell(Amount.count(count), count))));
        if (report.tables().stream().anyMatch(table -> !table.normalised().isEmpty())) {
            blocks.add(normalised);
        }
        List<String> rest = new ArrayList<>();
        report.schemaFindings().forEach(finding -> rest.add(finding.id() + ": " + finding.message()));
        report.checks().forEach(check -> rest.add("Check " + check));
        report.notCompared()
                .forEach(left ->
                        rest.add("Not compared: " + left.subject() + ": " + ValidationText.sentence(left.reason())));
        if (!rest.isEmpty()) {
            blocks.add(Html.list(rest, false));
        }
        return blocks;
    }

    private HtmlTable tables() {
        HtmlTable tables = new HtmlTable(ValidationText.verdict(report))
                .text("table")
                .number("rows")
                .number("in the target")
                .number("values compared")
                .number("normalised")
                .number("differences")
                .number("time");
        for (TableComparison table : report.tables()) {
            tables.row(
                    Cell.of(table.table()),
                    count(table.sourceRows()),
                    count(table.targetRows()),
                    count(table.valuesCompared()),
                    count(table.normalisedValues()),
                    count(table.differenceCount()),
                    new Cell(Amount.time(table.time()), table.time().toNanos()));
        }
        return tables;
    }

    private static Cell count(long number) {
        return new Cell(Amount.count(number), number);
    }
}
