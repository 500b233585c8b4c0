package dev.outgrow.validate;

import com.google.common.base.Strings;
import dev.outgrow.typemap.internal.text.Amount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as text: columns of numbers aligned, then the findings, one a line. */
final class ValidationText {
    private static final String[] HEADING = {
        "table", "rows", "in target", "values compared", "normalised", "differences", "time"
    };

    private ValidationText() {}

    static String of(ValidationReport report) {
        StringBuilder text = new StringBuilder();
        text.append(verdict(report)).append('\n');
        if (!report.tables().isEmpty()) {
            text.append('\n');
            appendTable(text, report);
        }
        for (TableComparison table : report.tables()) {
            appendTableNotes(text, table);
        }
        section(
                text,
                "Schema",
                report.schemaFindings().stream()
                        .map(finding -> finding.id() + ": " + finding.message())
                        .toList());
        section(
                text,
                "Checks",
                report.checks().stream().map(CheckResult::toString).toList());
        section(
                text,
                "Not compared",
                report.notCompared().stream()
                        .map(left -> left.subject() + ": " + sentence(left.reason()))
                        .toList());
        return text.toString();
    }

    static String verdict(ValidationReport report) {
        String what = switch (report.scope()) {
            case ALL_VALUES -> "every value compared";
            case ROW_COUNTS -> "row counts compared";
            case NONE -> "nothing compared";
        };
        return "Validation " + (report.passed() ? "passed" : "FAILED") + ": " + what + " in " + seconds(report.time());
    }

    private static void appendTable(StringBuilder text, ValidationReport report) {
        List<String[]> lines = new ArrayList<>();
        lines.add(HEADING);
        for (TableComparison table : report.tables()) {
            lines.add(new String[] {
                table.table(),
                count(table.sourceRows()),
                count(table.targetRows()),
                count(table.valuesCompared()),
                count(table.normalisedValues()),
                count(table.differenceCount()) + (table.stoppedEarly() ? "+" : ""),
                seconds(table.time())
            });
        }
        int[] widths = new int[HEADING.length];
        for (String[] line : lines) {
            for (int i = 0; i < line.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        for (String[] line : lines) {
            text.append(Strings.padEnd(line[0], widths[0], ' '));
            for (int i = 1; i < line.length; i++) {
                text.append("  ").append(Strings.padStart(line[i], widths[i], ' '));
            }
            text.append('\n');
        }
    }

    private static void appendTableNotes(StringBuilder text, TableComparison table) {
        List<String> notes = new ArrayList<>();
        table.normalised()
                .forEach((column, values) -> notes.add(column + ": " + Amount.of(values, "value") + " normalised"));
        if (table.rowsWrittenSince() > 0) {
            notes.add(Amount.of(table.rowsWrittenSince(), "row") + " written since the migration");
        }
        table.differences().forEach(difference -> notes.add(difference.toString()));
        if (table.differenceCount() > table.differences().size()) {
            notes.add("and "
                    + Amount.of(table.differenceCount() - table.differences().size(), "more difference"));
        }
        if (table.stoppedEarly()) {
            notes.add("stopped here: the rest of the table was not compared");
        }
        section(text, table.table(), notes);
    }

    /** The remark with the full stop that ends it. */
    static String sentence(String remark) {
        return remark.endsWith(".") ? remark : remark + ".";
    }

    private static void section(StringBuilder text, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(heading).append('\n');
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        }
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
