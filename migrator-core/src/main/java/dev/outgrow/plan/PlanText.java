package dev.outgrow.plan;

import java.util.List;
import java.util.Locale;

/** A plan as text for people. */
final class PlanText {
    private static final int WIDTH = 100;

    private final MigrationPlan plan;
    private final StringBuilder text = new StringBuilder();

    PlanText(MigrationPlan plan) {
        this.plan = plan;
    }

    @Override
    public String toString() {
        text.setLength(0);
        line(
                "Plan: %s to schema \"%s\", %d tables, %,d rows",
                plan.source(), plan.schema(), plan.tables().size(), plan.rows());
        plan.tables().forEach(this::table);
        notices("What stops the run", plan.blockers());
        notices(
                "Accepted",
                plan.notices().stream()
                        .filter(notice -> plan.accepted().contains(notice.id()))
                        .toList());
        notices("Warnings", of(Notice.Severity.WARNING));
        notices("Good to know", of(Notice.Severity.INFO));
        return text.toString();
    }

    private List<Notice> of(Notice.Severity severity) {
        return plan.notices().stream()
                .filter(notice -> notice.severity() == severity)
                .toList();
    }

    private void table(PlannedTable table) {
        line("");
        line(
                "%s%s, %,d rows",
                table.name(),
                table.name().equals(table.targetName()) ? "" : " becomes " + table.targetName(),
                table.rows());
        int name = width(table.columns().stream().map(PlannedColumn::name).toList(), 30);
        int declared =
                width(table.columns().stream().map(PlannedColumn::declaredType).toList(), 24);
        int type = width(table.columns().stream().map(PlannedColumn::type).toList(), 24);
        for (PlannedColumn column : table.columns()) {
            line(
                    "  %-" + name + "s  %-" + declared + "s  %-" + type + "s  %s",
                    column.targetName(),
                    column.declaredType(),
                    column.type(),
                    column.reason());
        }
    }

    private void notices(String title, List<Notice> notices) {
        if (notices.isEmpty()) {
            return;
        }
        line("");
        line("%s (%d):", title, notices.size());
        for (Notice notice : notices) {
            line("  %s", notice.id());
            wrapped("    ", notice.message() + evidence(notice));
            if (!notice.remedy().isEmpty()) {
                wrapped("    -> ", notice.remedy());
            }
        }
    }

    private static String evidence(Notice notice) {
        if (notice.keys().isEmpty()) {
            return "";
        }
        return " Keys: " + String.join(", ", notice.keys())
                + (notice.count() > notice.keys().size() ? ", …" : "") + ".";
    }

    private void wrapped(String indent, String words) {
        StringBuilder row = new StringBuilder(indent);
        for (String word : words.split(" ", -1)) {
            if (row.length() + word.length() > WIDTH && row.length() > indent.length()) {
                line("%s", row.toString().stripTrailing());
                row = new StringBuilder(" ".repeat(indent.length()));
            }
            row.append(word).append(' ');
        }
        line("%s", row.toString().stripTrailing());
    }

    private static int width(List<String> cells, int most) {
        return Math.max(
                1,
                cells.stream()
                        .mapToInt(String::length)
                        .filter(length -> length <= most)
                        .max()
                        .orElse(most));
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments).stripTrailing())
                .append('\n');
    }
}
