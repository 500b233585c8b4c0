package dev.outgrow.internal.plan;

import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.typemap.ColumnMapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The DEFAULT clauses of one table. */
final class DefaultPlanner {
    private final SqliteTable table;
    private final NoticeBook notices;
    private final Map<String, String> clauses = new LinkedHashMap<>();

    DefaultPlanner(SqliteTable table, NoticeBook notices) {
        this.table = table;
        this.notices = notices;
    }

    /** The clause with a blank behind it; empty where the column has no default, or none that arrives. */
    String clause(SqliteColumn column, ColumnMapping mapping) {
        if (column.defaultValue().isEmpty()) {
            return "";
        }
        SqlText value = column.defaultValue().get();
        Optional<String> sql = new LiteralDefault(mapping.mapping(), column.source().affinity()).sql(value);
        if (sql.isPresent()) {
            if (sql.get().equals("NULL")) {
                return "";
            }
            clauses.put(mapping.targetName(), sql.get());
            return "DEFAULT " + sql.get() + " ";
        }
        String id = "default:" + table.name() + "." + column.name();
        notices.loss(
                id,
                "The default of column " + table.name() + "." + column.name() + ", " + value.text()
                        + ", has no counterpart for type " + mapping.mapping().type() + ".",
                "Set a default by hand afterwards, and .accept(\"" + id + "\").");
        return "";
    }

    /** The defaults that arrive, by column of the target. */
    Map<String, String> clauses() {
        return clauses;
    }
}
