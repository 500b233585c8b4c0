package dev.outgrow.internal.sqlite.catalog;

import com.google.common.base.Ascii;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/**
 * A row of {@code sqlite_schema}.
 *
 * @param kind what it describes
 * @param name the object's name
 * @param table the table that it belongs to; its own name for tables and views
 * @param sql the statement; empty for the indexes of constraints
 */
record SchemaRow(Type kind, String name, String table, String sql) {
    static final String QUERY = """
            select case when type = 'table' and coalesce(rootpage, 0) = 0 then 'virtual' else type end, name, tbl_name, sql
            from main.sqlite_schema
            order by rowid
            """;

    /** What a row describes. */
    enum Type {
        TABLE,
        VIRTUAL_TABLE,
        INDEX,
        VIEW,
        TRIGGER
    }

    static SchemaRow of(ResultSet row) throws SQLException {
        return new SchemaRow(kind(text(row, 1)), text(row, 2), text(row, 3), text(row, 4));
    }

    private static Type kind(String type) {
        return switch (type) {
            case "virtual" -> Type.VIRTUAL_TABLE;
            case "index" -> Type.INDEX;
            case "view" -> Type.VIEW;
            case "trigger" -> Type.TRIGGER;
            default -> Type.TABLE;
        };
    }

    private static String text(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNullElse(row.getString(column), "");
    }

    /** Whether SQLite made it for itself: no one else may use such a name. */
    boolean isSystemObject() {
        return Ascii.toLowerCase(name).startsWith("sqlite_");
    }
}
