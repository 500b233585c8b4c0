package dev.outgrow.internal.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What one transaction needs in order to load, alter and read tables that lie on several servers. Tried on Citus 13.0.5 with PostgreSQL 15.
 */
public final class CitusTransaction {
    private static final String IS_CITUS = "SELECT pg_catalog.to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL";

    /**
     * One command after another on each worker, over one connection: a foreign key to a reference table allows nothing else, nor
     * does a transaction that alters what it has loaded. And over connections alone, since what the coordinator has done in its
     * own backend no connection to itself would see.
     *
     * @see <a href="https://docs.citusdata.com/en/stable/develop/api_guc.html">Citus, "Configuration reference"</a>
     */
    private static final String SETTINGS =
            "SET LOCAL citus.multi_shard_modify_mode = 'sequential';" + " SET LOCAL citus.enable_local_execution = off";

    private CitusTransaction() {}

    /** Whether the database has Citus. */
    public static boolean isCitus(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IS_CITUS)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Readies the transaction of a session; does nothing on a server that is no Citus. */
    public static void ready(Connection connection) throws SQLException {
        if (isCitus(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(SETTINGS);
            }
        }
    }
}
