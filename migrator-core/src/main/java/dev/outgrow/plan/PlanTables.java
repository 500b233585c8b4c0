package dev.outgrow.plan;

import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.TextPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of a plan as text. */
final class PlanTables {
    /** How many columns of one meaning are named before the rest is counted. */
    private static final int NAMES = 6;

    private final MigrationPlan plan;
    private final TextPage page;

    PlanTables(MigrationPlan plan, TextPage page) {
        this.plan = plan;
        this.page = page;
    }

    /** What the values of columns are taken for if SQLite has no storage class that says it. */
    void meanings() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (PlannedTable table : plan.tables()) {
            for (PlannedColumn column : table.columns()) {
                if (!column.meaning().isEmpty()) {
                    String years = column.years().isEmpty() ? "" : " (" + column.years() + ")";
                    columns.computeIfAbsent(column.type() + " from " + column.meaning(), key -> new ArrayList<>())
                            .add(table.name() + "." + column.name() + years);
                }
            }
        }
        if (!columns.isEmpty()) {
            page.gap().line("What columns are taken for. Only you can know whether that is right:");
            columns.forEach((meaning, names) -> {
                page.wrapped("  ", meaning);
                page.wrapped("      ", TextPage.some(names, NAMES));
            });
        }
    }

    /** A line for each table. */
    void lines() {
        if (plan.tables().isEmpty()) {
            return;
        }
        page.gap().line("What arrives. toString(Detail.ALL) has every column:");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "table", "rows", "columns", "keys", "indexes", "foreign keys", "checks", "defaults", "renamed to"));
        for (PlannedTable table : plan.tables()) {
            PlannedTable.Parts parts = table.parts();
            rows.add(List.of(
                    table.name(),
                    Amount.count(table.rows()),
                    Amount.count(table.columns().size()),
                    Amount.count(parts.keys()),
                    Amount.count(parts.indexes()),
                    Amount.count(parts.foreignKeys()),
                    Amount.count(parts.checks()),
                    Amount.count(parts.defaults()),
                    renamed(table)));
        }
        if (plan.tables().stream().allMatch(table -> renamed(table).isEmpty())) {
            rows.replaceAll(row -> row.subList(0, row.size() - 1));
        }
        List<Boolean> numbers = List.of(false, true, true, true, true, true, true, true, false);
        page.table("  ", rows, numbers.subList(0, rows.get(0).size()));
        if (!plan.views().isEmpty()) {
            page.wrapped("  ", Amount.of(plan.views().size(), "view") + ": " + String.join(", ", plan.views()));
        }
    }

    /** Every column of every table. */
    void columns() {
        for (PlannedTable table : plan.tables()) {
            page.gap()
                    .line(table.name() + (renamed(table).isEmpty() ? "" : " becomes " + renamed(table)) + ", "
                            + Amount.of(table.rows(), "row"));
            List<List<String>> rows = new ArrayList<>();
            for (PlannedColumn column : table.columns()) {
                rows.add(List.of(column.targetName(), column.declaredType(), column.type(), column.reason()));
            }
            page.table("  ", rows, List.of(false, false, false, false));
        }
        if (!plan.views().isEmpty()) {
            page.gap().wrapped("", Amount.of(plan.views().size(), "view") + ": " + String.join(", ", plan.views()));
        }
    }

    private static String renamed(PlannedTable table) {
        return table.name().equals(table.targetName()) ? "" : table.targetName();
    }
}
