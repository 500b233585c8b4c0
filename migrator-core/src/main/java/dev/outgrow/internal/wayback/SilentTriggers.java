package dev.outgrow.internal.wayback;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The triggers of a file, removed within one transaction while rows are written whose effects have already happened,
 * and then restored. Dropping and creating them would change their places in the schema, so the rows of {@code
 * sqlite_schema} are removed and put back.
 *
 * @see <a href="https://sqlite.org/pragma.html#pragma_writable_schema">SQLite, "PRAGMA Statements", writable_schema</a>
 */
final class SilentTriggers {
    private static final String KEPT = "temp.\"outgrow triggers\"";

    private SilentTriggers() {}

    /** Removes all of them. */
    static void silence(Connection file) throws SQLException {
        try (Statement statement = file.createStatement()) {
            statement.execute("CREATE TABLE " + KEPT + " AS SELECT rowid AS place, type, name, tbl_name, rootpage, sql"
                    + " FROM main.sqlite_schema WHERE type = 'trigger'");
            statement.execute("PRAGMA writable_schema = ON");
            statement.execute("DELETE FROM main.sqlite_schema WHERE type = 'trigger'");
            statement.execute("PRAGMA writable_schema = RESET");
        }
    }

    /** Restores them. */
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
