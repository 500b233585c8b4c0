package dev.outgrow.internal.existing;

import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.postgres.existing.TargetCatalog;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.option.Reshaping;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.Optional;

/**
 * Options that name something that the target does not have. They block, since the caller expects something that will
 * not happen.
 */
record UnmatchedOptions(Reshaping reshaping, TargetCatalog target, NoticeBook notices) {
    void name() {
        for (Reshaping.Fill fill : reshaping.fills()) {
            Optional<TargetColumn> column = table(fill.table()).stream()
                    .flatMap(table -> table.columns().stream())
                    .filter(candidate -> candidate.name().equalsIgnoreCase(fill.column()))
                    .findFirst();
            if (column.isEmpty() || column.get().generated()) {
                notices.refuse(
                        NoticeKind.FILL.id(fill.table(), fill.column()),
                        column.isEmpty()
                                ? "The target has no column " + fill.table() + "." + fill.column() + " to fill."
                                : "Column " + fill.table() + "." + fill.column()
                                        + " of the target is computed by PostgreSQL, and cannot be filled.",
                        "Correct the names, or leave fill out.");
            }
        }
        for (Reshaping.Fired fired : reshaping.fired()) {
            boolean there = table(fired.table()).stream()
                    .anyMatch(table -> table.triggerNames().contains(fired.trigger()));
            if (!there) {
                notices.refuse(
                        NoticeKind.FIRE.id(fired.table(), fired.trigger()),
                        "Table " + fired.table() + " of the target has no enabled trigger " + fired.trigger()
                                + " that acts when rows are inserted.",
                        "Correct the names, or leave fire out.");
            }
        }
    }

    private Optional<TargetTable> table(String name) {
        return target.tables().stream()
                .filter(table -> table.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
