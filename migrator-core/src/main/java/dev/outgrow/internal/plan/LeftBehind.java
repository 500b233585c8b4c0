package dev.outgrow.internal.plan;

import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteCheck;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.catalog.SqliteTrigger;
import dev.outgrow.internal.sqlite.catalog.SqliteView;
import java.util.Map;

/** Names what SQLite's schema has and the plan does not carry over: nothing is dropped in silence. */
final class LeftBehind {
    private static final String BY_HAND = "Make it by hand afterwards, and .accept(\"%s\").";

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
            checks(table.table());
            generated(table.table());
            if (!table.table().parsed()) {
                loss(
                        "table:" + table.table().name(),
                        "The text of table " + table.table().name() + " in sqlite_schema could not be read, so that its"
                                + " CHECKs, collations and generated expressions are not known.");
            }
        }
        for (SqliteView view : catalog.views()) {
            loss("view:" + view.name(), "View " + view.name() + " is not translated.");
        }
        for (SqliteTrigger trigger : catalog.triggers()) {
            loss(
                    "trigger:" + trigger.name(),
                    "Trigger " + trigger.name() + " of " + trigger.table()
                            + " is not translated: PostgreSQL's triggers are functions in another language.");
        }
        VirtualTables.notices(catalog, notices);
    }

    private void checks(SqliteTable table) {
        for (int i = 0; i < table.checks().size(); i++) {
            SqliteCheck check = table.checks().get(i);
            String subject = check.constraintName().orElse(table.name() + "." + (i + 1));
            loss(
                    "check:" + subject,
                    "The CHECK (" + check.condition().text() + ") of table " + table.name() + " is not translated.");
        }
    }

    private void generated(SqliteTable table) {
        for (SqliteColumn column : table.columns()) {
            column.generation()
                    .ifPresent(generation -> loss(
                            "generated:" + table.name() + "." + column.name(),
                            "The generated column " + table.name() + "." + column.name()
                                    + " becomes a plain column with its values: PostgreSQL will not compute it."));
        }
    }

    private void loss(String id, String message) {
        notices.loss(id, message, String.format(BY_HAND, id));
    }
}
