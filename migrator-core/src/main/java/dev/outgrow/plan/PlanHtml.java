package dev.outgrow.plan;

import dev.outgrow.plan.Notice.Severity;
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
import java.util.function.Predicate;

/** A plan as a page. */
final class PlanHtml {
    private final MigrationPlan plan;

    PlanHtml(MigrationPlan plan) {
        this.plan = plan;
    }

    String page() {
        Map<String, String> facts = new LinkedHashMap<>();
        PlanHeading.facts(plan).forEach(fact -> facts.put(fact.name(), fact.words()));
        HtmlPage page = new HtmlPage(
                "Outgrow: plan", PlanHeading.decision(plan), plan.blockers().isEmpty(), facts);
        page.section("What stops the run", blockers());
        page.section("Accepted", cards(notice -> plan.accepted().contains(notice.id())));
        page.section("Warnings", cards(notice -> notice.severity() == Severity.WARNING));
        if (!plan.appTasks().isEmpty()) {
            page.section("What only the app can do", tasks());
        }
        if (plan.tables().stream()
                .anyMatch(table -> table.columns().stream()
                        .anyMatch(column -> !column.meaning().isEmpty()))) {
            page.section(
                    "What columns are taken for",
                    Html.paragraph(
                            "The comparison proves that values arrive. Only you can know whether they were read as"
                                    + " the app meant them."),
                    columns(
                            column -> !column.meaning().isEmpty(),
                            "Columns whose storage class does not say what they are"));
        }
        page.section("Tables", tables());
        page.section("Columns", columns(column -> true, "Every column, with the reason of its type"));
        page.section("Good to know", cards(notice -> notice.severity() == Severity.INFO));
        if (!plan.ddl().isEmpty()) {
            page.section("Script", Html.closed("The statements that make the schema", plan.ddl()));
        }
        return page.toString();
    }

    private List<Block> blockers() {
        List<Block> cards = new ArrayList<>(cards(plan.blockerGroups()));
        new LinesTogether(plan.blockerGroups())
                .advice()
                .forEach(advice -> cards.add(Html.card(
                        advice.kind() == Remedy.Kind.RULE ? "Several rules" : "Several options of a schema",
                        "They go into one call.",
                        List.of(),
                        List.of(new Html.Step(advice.words(), advice.java())))));
        return cards;
    }

    private List<Block> cards(Predicate<Notice> which) {
        return cards(new NoticeGroups(plan.notices(), plan.tables())
                .of(plan.notices().stream().filter(which).toList()));
    }

    private static List<Block> cards(List<NoticeGroup> groups) {
        return groups.stream()
                .map(group -> Html.card(
                        title(group),
                        message(group),
                        group.notices().stream()
                                .map(notice -> notice.id() + (notice.keys().isEmpty() ? "" : ", keys " + keys(notice)))
                                .toList(),
                        group.remedies().stream()
                                .map(remedy -> new Html.Step(remedy.words(), remedy.java()))
                                .toList()))
                .toList();
    }

    private static String title(NoticeGroup group) {
        return group.notices().size() == 1
                ? group.notices().get(0).id()
                : group.kind() + ": " + Amount.of(group.notices().size(), "notice");
    }

    /** Keys of many columns are as long as a paragraph: they stand in the text, not in the title. */
    private static String message(NoticeGroup group) {
        Notice first = group.notices().get(0);
        boolean told = group.notices().size() == 1 && !first.keys().isEmpty();
        return group.message() + (told ? " Keys: " + keys(first) + "." : "");
    }

    private static String keys(Notice notice) {
        return notice.listedKeys() + (notice.count() > notice.keys().size() ? " and more" : "");
    }

    private HtmlTable tasks() {
        HtmlTable tasks = new HtmlTable("What no migration of data can do")
                .text("when")
                .text("what")
                .text("about");
        plan.appTasks()
                .forEach(
                        task -> tasks.row(Cell.of(task.when().words()), Cell.of(task.what()), Cell.of(task.subject())));
        return tasks;
    }

    private HtmlTable tables() {
        HtmlTable tables = new HtmlTable(Amount.of(plan.tables().size(), "table") + ", "
                        + Amount.of(plan.views().size(), "view"))
                .text("table")
                .number("rows")
                .number("columns")
                .number("keys")
                .number("indexes")
                .number("foreign keys")
                .number("checks")
                .number("defaults")
                .text("in PostgreSQL");
        for (PlannedTable table : plan.tables()) {
            PlannedTable.Parts parts = table.parts();
            tables.row(
                    Cell.of(table.name()),
                    count(table.rows()),
                    count(table.columns().size()),
                    count(parts.keys()),
                    count(parts.indexes()),
                    count(parts.foreignKeys()),
                    count(parts.checks()),
                    count(parts.defaults()),
                    Cell.of(table.targetName()));
        }
        return tables;
    }

    private HtmlTable columns(Predicate<PlannedColumn> which, String caption) {
        HtmlTable columns = new HtmlTable(caption)
                .text("column")
                .text("declared")
                .text("in PostgreSQL")
                .text("taken for")
                .text("years")
                .text("reason");
        for (PlannedTable table : plan.tables()) {
            for (PlannedColumn column : table.columns()) {
                if (which.test(column)) {
                    columns.row(
                            Cell.of(table.name() + "." + column.name()),
                            Cell.of(column.declaredType()),
                            Cell.of(column.type()),
                            Cell.of(column.meaning()),
                            Cell.of(column.years()),
                            Cell.of(column.reason()));
                }
            }
        }
        return columns;
    }

    private static Cell count(long number) {
        return new Cell(Amount.count(number), number);
    }
}
