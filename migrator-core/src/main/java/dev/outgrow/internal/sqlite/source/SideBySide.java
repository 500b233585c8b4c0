package dev.outgrow.internal.sqlite.source;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** Two states of one database on one connection, so that SQLite can compare them. Nobody writes to either. */
public final class SideBySide {
    /** The schema of the earlier state; that of the later one is {@code main}. */
    public static final String THEN = "frozen";

    private SideBySide() {}

    /**
     * Opens both.
     *
     * @param now the later state
     * @param then the earlier state
     */
    public static Connection of(Path now, Path then) throws SQLException {
        Connection connection = ReadOnlyConnection.openImmutable(now);
        try (Statement statement = connection.createStatement()) {
            ((SQLiteConnection) connection).setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 1);
            statement.execute("ATTACH '" + SqliteUri.of(then, ReadOnlyConnection.IMMUTABLE) + "' AS " + THEN);
            ((SQLiteConnection) connection).setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
