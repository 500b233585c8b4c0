package dev.outgrow.internal.plan;

import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteTrigger;
import java.util.Map;

/** Names what SQLite's schema has and the plan does not carry over: nothing is dropped in silence. */
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
                loss(
                        "table:" + table.table().name(),
                        "The text of table " + table.table().name() + " in sqlite_schema could not be read, so that its"
                                + " CHECKs, collations and generated expressions are not known.");
            }
        }
        for (SqliteTrigger trigger : catalog.triggers()) {
            loss(
                    "trigger:" + trigger.name(),
                    "Trigger " + trigger.name() + " of " + trigger.table()
                            + " is not translated: PostgreSQL's triggers are functions in another language.");
        }
        VirtualTables.notices(catalog, notices);
    }

    private void loss(String id, String message) {
        notices.loss(id, message, "Make it by hand afterwards, and .accept(\"" + id + "\").");
    }
}
