package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.catalog.SqliteTrigger;
import dev.outgrow.internal.sqlite.ddl.ConflictResolution;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Names everything in SQLite's schema that the plan does not carry over: nothing is dropped silently. */
final class LeftBehind {
    private final Catalog catalog;
    private final Map<String, PlannedColumns> tables;
    private final NoticeBook notices;

    LeftBehind(Catalog catalog, Map<String, PlannedColumns> tables, NoticeBook notices) {
        this.catalog = catalog;
        this.tables = tables;
        this.notices = notices;
    }

    void name() {
        for (PlannedColumns table : tables.values()) {
            if (!table.table().parsed()) {
                notices.add(NoticeDraft.loss(
                                NoticeKind.TABLE.id(table.table().name()),
                                "The text of table " + table.table().name() + " in sqlite_schema could not be read, so"
                                        + " that its CHECKs, collations and generated expressions are not known.")
                        .because(
                                "Tables whose text in sqlite_schema could not be read, so that their CHECKs, collations"
                                        + " and generated expressions are not known.")
                        .acceptedTo("Go without these, and make by hand afterwards what the app needs."));
            }
        }
        for (PlannedColumns table : tables.values()) {
            conflicts(table.table());
        }
        for (SqliteTrigger trigger : catalog.triggers()) {
            notices.add(NoticeDraft.loss(
                            NoticeKind.TRIGGER.id(trigger.name()),
                            "Trigger " + trigger.name() + " of " + trigger.table()
                                    + " is not translated: PostgreSQL's triggers are functions in another language.")
                    .because("Triggers are not translated: PostgreSQL's are functions in another language.")
                    .acceptedTo("Go without, and make by hand afterwards what the app needs of them."));
        }
        VirtualTables.notices(catalog, notices);
    }

    /** PostgreSQL's constraints always behave like SQLite's without the clause: the statement is undone. */
    private void conflicts(SqliteTable table) {
        for (SqliteColumn column : table.columns()) {
            // SQLite gives the alias of a rowid a number in place of NULL: the clause never comes into play.
            if (!column.source().rowidAlias() && column.notNullConflict().isPresent()) {
                nullConflict(
                        table.name() + "." + column.name(),
                        column.notNullConflict().get());
            }
        }
        if (table.primaryKey().isPresent()
                && table.primaryKey().get().conflict().isPresent()) {
            keyConflict(
                    table.name(),
                    "primary key",
                    table.primaryKey().get().conflict().get());
        }
        for (SqliteIndex index : table.indexes()) {
            if (index.origin() == SqliteIndex.MadeBy.UNIQUE && index.conflict().isPresent()) {
                List<String> columns = new ArrayList<>();
                for (SqliteIndex.IndexTerm term : index.terms()) {
                    columns.add(term.column().orElse("an expression"));
                }
                keyConflict(
                        table.name() + "." + String.join(",", columns),
                        "UNIQUE",
                        index.conflict().get());
            }
        }
    }

    private void nullConflict(String subject, ConflictResolution clause) {
        boolean passedOver = clause == ConflictResolution.IGNORE;
        String instead = passedOver ? "SQLite passes over a row with NULL" : "SQLite puts the default in place of NULL";
        conflict(
                subject,
                "NOT NULL",
                clause,
                instead,
                "Take the constraint without the clause, and let the application "
                        + (passedOver ? "write no NULL there." : "leave the column out of an INSERT, not write NULL."));
    }

    private void keyConflict(String subject, String constraint, ConflictResolution clause) {
        conflict(
                subject,
                constraint,
                clause,
                clause == ConflictResolution.IGNORE
                        ? "SQLite passes over a row that breaks it"
                        : "SQLite deletes the row that is in the way",
                "Take the constraint without the clause, and write INSERT … ON CONFLICT in the application.");
    }

    private void conflict(String subject, String constraint, ConflictResolution clause, String instead, String todo) {
        String id = NoticeKind.CONFLICT.id(subject);
        switch (clause) {
            case ABORT -> {}
            case IGNORE, REPLACE -> {
                String is = " ON CONFLICT " + clause + ": " + instead + ", PostgreSQL raises an error.";
                notices.add(NoticeDraft.loss(id, "The " + constraint + " constraint of " + subject + " is" + is)
                        .because("Constraints (" + constraint + ") are" + is)
                        .acceptedTo(todo));
            }
            case FAIL, ROLLBACK ->
                notices.warn(
                        id,
                        "The " + constraint + " constraint of " + subject + " is ON CONFLICT " + clause
                                + "; PostgreSQL undoes the statement, and the transaction takes no other.",
                        "Make sure that the application rolls back.");
        }
    }
}
