package dev.outgrow.internal.sqlite.source;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;
import org.sqlite.SQLiteOpenMode;

/**
 * Opens connections for reading untrusted files: they cannot write, run only functions of the schema that SQLite calls
 * innocuous, load no extension, and attach nothing.
 *
 * @see <a href="https://sqlite.org/security.html">SQLite, "Defense Against The Dark Arts"</a>
 */
final class ReadOnlyConnection {
    /** For a file that nobody changes: takes no locks, and makes no file beside it. */
    static final String IMMUTABLE = "mode=ro&immutable=1";

    /** For a file that others may write to. */
    static final String SHARED = "mode=ro";

    /** For a lock that keeps writers out. */
    static final String WRITABLE = "mode=rw";

    /**
     * For a lock that keeps all other processes out and needs no WAL index on disk: the index is in memory, for this
     * whole process.
     *
     * @see <a href="https://sqlite.org/vfs.html#standard_unix_vfses">SQLite, "The SQLite OS Interface", section 2.1</a>
     */
    static final String EXCLUSIVE = "mode=rw&vfs=unix-excl";

    /** Whether the platform has that kind of lock. */
    static final boolean KNOWS_EXCLUSIVE =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    /**
     * Opens for reading and writing, unless the URI says otherwise, and without a mutex: the driver already admits one
     * thread at a time into a connection, and SQLite's own mutex, taken for every value, costs a quarter of the reading
     * time.
     */
    private static final int OPEN_FLAGS =
            SQLiteOpenMode.READWRITE.flag | SQLiteOpenMode.CREATE.flag | SQLiteOpenMode.NOMUTEX.flag;

    private ReadOnlyConnection() {}

    static Connection open(Path file, String parameters) throws SQLException {
        return open(file, parameters, 0);
    }

    /** Opens with a timeout for others' locks, in milliseconds. */
    static Connection open(Path file, String parameters, int busyMillis) throws SQLException {
        Connection connection = connect(file, parameters, busyMillis);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA cell_size_check = ON");
            statement.execute("PRAGMA query_only = ON");
            SQLiteConnection sqlite = (SQLiteConnection) connection;
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_TRIGGER_DEPTH, 1);
            // The driver's default limit is below the gigabyte that PostgreSQL accepts.
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, Integer.MAX_VALUE);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Opens a file that nobody changes, so that each of its tables can be read regardless of its collations. */
    static Connection openImmutable(Path file) throws SQLException {
        Connection connection = open(file, IMMUTABLE);
        try {
            AppDefinitions.collations(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Opens without changing any setting. */
    static Connection connect(Path file, String parameters, int busyMillis) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", Integer.toString(busyMillis));
        properties.setProperty("open_mode", Integer.toString(OPEN_FLAGS));
        // Else the driver would make and run a query for the rowid after each INSERT.
        properties.setProperty("jdbc.get_generated_keys", "false");
        return JDBC.createConnection("jdbc:sqlite:" + SqliteUri.of(file, parameters), properties);
    }

    /** Begins a transaction that sees one state of the database until it ends. */
    static void beginRead(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("SELECT count(*) FROM sqlite_schema");
        }
    }

    /** The number that a PRAGMA gives. */
    static long pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            row.next();
            return row.getLong(1);
        }
    }
}
