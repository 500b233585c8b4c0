package dev.outgrow.internal.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a transaction needs to load, alter and read tables that lie on several servers. Tried on Citus 13.0.5 with
 * PostgreSQL 15.
 */
public final class CitusTransaction {
    private static final String IS_CITUS = "SELECT pg_catalog.to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL";

    /**
     * One command after another on each worker, over one connection: foreign keys to reference tables require that, and
     * so does a transaction that alters what it has loaded. And always over connections, since a connection of the
     * coordinator to itself would not see what it has done in its own backend.
     *
     * @see <a href="https://docs.citusdata.com/en/stable/develop/api_guc.html">Citus, "Configuration reference"</a>
     */
    private static final String SETTINGS = "SET LOCAL citus.multi_shard_modify_mode = 'sequential'";

    private static final String OVER_CONNECTIONS = "SET LOCAL citus.enable_local_execution = off";

    /**
     * The time limits of the role, which a session of ours lifts for itself, hold for the sessions on the workers, too: one
     * that waits while another table is loaded would be ended. Citus passes on only what the transaction sets in this mode.
     */
    private static final String LIMITS = """
            SELECT 'SET LOCAL citus.propagate_set_commands TO local; '
                   || pg_catalog.string_agg('SET LOCAL ' || name || ' TO 0; ', '')
                   || 'SET LOCAL citus.propagate_set_commands TO none'
              FROM pg_catalog.pg_settings
             WHERE name IN ('statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')""";

    private CitusTransaction() {}

    /** Whether the database has Citus. */
    public static boolean isCitus(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IS_CITUS)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Prepares the transaction of a session; does nothing on a server without Citus. */
    public static void ready(Connection connection) throws SQLException {
        if (isCitus(connection)) {
            execute(connection, SETTINGS + "; " + OVER_CONNECTIONS);
            liftLimits(connection);
        }
    }

    /**
     * Prepares a transaction that reads its own temporary tables together with the app's tables: what lies on the coordinator
     * is done in the session itself, since no other one sees them.
     */
    public static void readyBesideTemporaryTables(Connection connection) throws SQLException {
        if (isCitus(connection)) {
            execute(connection, SETTINGS);
            liftLimits(connection);
        }
    }

    private static void liftLimits(Connection connection) throws SQLException {
        String lifting;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LIMITS)) {
            row.next();
            lifting = row.getString(1);
        }
        execute(connection, lifting);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
