package dev.outgrow.internal.postgres;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Tries whether two sessions of a server behave as in PostgreSQL: a lock of one keeps the other out, and a rollback
 * removes what a transaction made. Engines that claim to be PostgreSQL may behave differently, some depending on a
 * setting.
 */
public final class SessionTrial {
    private static final String KEY = "(1870489458, 1)";

    private static final String LOCK = "SELECT pg_catalog.pg_try_advisory_lock" + KEY;

    private static final String MADE = "SELECT pg_catalog.to_regclass('pg_temp.outgrow_trial') IS NOT NULL";

    private final Connection one;
    private final Connection other;

    /** A trial of two sessions in auto-commit mode. */
    public SessionTrial(Connection one, Connection other) {
        this.one = one;
        this.other = other;
    }

    /**
     * Tries both.
     *
     * @throws MigrationException if the server breaks a law of a migration
     */
    public void demand() throws SQLException {
        // Another instance may hold the lock for a moment for the same trial: that counts as an answer, too.
        if (is(one, LOCK)) {
            try {
                if (is(other, LOCK)) {
                    execute(other, "SELECT pg_catalog.pg_advisory_unlock" + KEY);
                    throw refusal("advisory locks do nothing, so that two instances of the app would migrate at once");
                }
            } finally {
                execute(one, "SELECT pg_catalog.pg_advisory_unlock" + KEY);
            }
        }
        one.setAutoCommit(false);
        try {
            execute(one, "CREATE TEMPORARY TABLE outgrow_trial (i int)");
        } finally {
            one.rollback();
            one.setAutoCommit(true);
        }
        if (is(one, MADE)) {
            execute(one, "DROP TABLE IF EXISTS pg_temp.outgrow_trial");
            throw refusal(
                    "a table that a transaction made stays when it is rolled back, so that a migration would be neither all"
                            + " nor nothing");
        }
    }

    private MigrationException refusal(String law) throws SQLException {
        return new MigrationException(
                Reason.TARGET_UNFIT,
                "The target says that it is " + LookAlike.version(one).replaceFirst(",.*", "")
                        + ", and does not behave like" + " PostgreSQL: " + law + ".",
                "migrate into a PostgreSQL server, or turn on the setting by which this one does as PostgreSQL does.",
                null);
    }

    private static boolean is(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
