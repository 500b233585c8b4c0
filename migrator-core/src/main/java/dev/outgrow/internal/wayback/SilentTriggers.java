package dev.outgrow.internal.wayback;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The triggers of a file, away within one transaction while rows are written that have had their effects already, and then there
 * again as they were. To drop and make them would give them other places in the schema, so the rows of {@code sqlite_schema} are
 * taken away and put back.
 *
 * @see <a href="https://sqlite.org/pragma.html#pragma_writable_schema">SQLite, "PRAGMA Statements", writable_schema</a>
 */
final class SilentTriggers {
    private static final String KEPT = "temp.\"outgrow triggers\"";

    private SilentTriggers() {}

    /** Takes all of them away. */
    static void silence(Connection file) throws SQLException {
        try (Statement statement = file.createStatement()) {
            statement.execute("CREATE TABLE " + KEPT + " AS SELECT rowid AS place, type, name, tbl_name, rootpage, sql"
                    + " FROM main.sqlite_schema WHERE type = 'trigger'");
            statement.execute("PRAGMA writable_schema = ON");
            statement.execute("DELETE FROM main.sqlite_schema WHERE type = 'trigger'");
            statement.execute("PRAGMA writable_schema = RESET");
        }
    }

    /** Puts them back. */
    static void putBack(Connection file) throws SQLException {
        try (Statement statement = file.createStatement()) {
            statement.execute("PRAGMA writable_schema = ON");
            statement.execute("INSERT INTO main.sqlite_schema (rowid, type, name, tbl_name, rootpage, sql)"
                    + " SELECT place, type, name, tbl_name, rootpage, sql FROM " + KEPT);
            statement.execute("PRAGMA writable_schema = RESET");
            statement.execute("DROP TABLE " + KEPT);
        }
    }
}
