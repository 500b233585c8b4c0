package dev.outgrow.internal.switchover;

import static java.util.stream.Collectors.joining;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.Preflight;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that sees one state of PostgreSQL and keeps others from changing its tables. When it ends, in whatever
 * way, they can write again.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES">PostgreSQL, "Table-Level Locks"</a>
 */
final class WriteStop implements AutoCloseable {
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String WRITERS = """
            SELECT DISTINCT a.pid, coalesce(nullif(a.application_name, ''), 'unnamed')
              FROM pg_catalog.pg_locks l
              JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
              JOIN pg_catalog.pg_class c ON c.oid = l.relation
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = '%s' AND l.granted AND l.pid <> pg_catalog.pg_backend_pid()
               AND l.mode IN ('RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                              'AccessExclusiveLock')
             ORDER BY 1 LIMIT 5""";

    private final Connection connection;

    private WriteStop(Connection connection) {
        this.connection = connection;
    }

    /**
     * Begins.
     *
     * @param wanted the tables, some of which may be gone
     * @param patience how long writers may take to end; null if others may go on writing
     * @throws MigrationException {@code TARGET_BUSY} if they take longer
     */
    static WriteStop begin(
            Connection connection, PgServer server, String schema, List<String> wanted, @Nullable Duration patience)
            throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            statement.execute("SET LOCAL statement_timeout = 0");
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
            statement.execute("SET LOCAL row_security = off");
            if (patience != null) {
                // The locks come before the first look, so that it sees whatever was written before them.
                List<String> tables = there(server, schema, wanted);
                statement.execute("SET LOCAL lock_timeout = " + Math.max(1, patience.toMillis()));
                if (!tables.isEmpty()) {
                    lock(statement, server, schema, tables);
                }
                statement.execute("SET LOCAL lock_timeout = 0");
            }
            return new WriteStop(connection);
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            connection.setAutoCommit(true);
            throw e;
        }
    }

    private static List<String> there(PgServer server, String schema, List<String> wanted) throws SQLException {
        try (Connection other = server.open()) {
            return new Preflight(other, schema).there(wanted);
        }
    }

    private static void lock(Statement statement, PgServer server, String schema, List<String> tables)
            throws SQLException {
        try {
            statement.execute("LOCK TABLE "
                    + tables.stream()
                            .map(table -> Identifier.qualified(schema, table))
                            .collect(joining(", "))
                    + " IN SHARE MODE");
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            throw new MigrationException(
                    Reason.TARGET_BUSY,
                    "PostgreSQL is being written to: the tables of schema " + schema + " could not be kept from writes"
                            + writers(server, schema) + ".",
                    "stop the application, then call again; .freezeTimeout(…) says how long to wait.",
                    null);
        }
    }

    private static String writers(PgServer server, String schema) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection other = server.open();
                Statement statement = other.createStatement();
                ResultSet rows = statement.executeQuery(WRITERS.formatted(schema.replace("'", "''")))) {
            while (rows.next()) {
                found.add("process " + rows.getInt(1) + " (" + rows.getString(2) + ")");
            }
        }
        return found.isEmpty() ? "" : "; these hold locks: " + String.join(", ", found);
    }

    /** The session, in the transaction. */
    Connection connection() {
        return connection;
    }

    /** The state that the transaction sees, by which later rows are recognised. */
    String seen() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.txid_current_snapshot()::pg_catalog.text")) {
            row.next();
            return row.getString(1);
        }
    }

    /** Ends the transaction without a trace, unless it was committed. */
    @Override
    public void close() throws SQLException {
        if (!connection.isClosed()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
