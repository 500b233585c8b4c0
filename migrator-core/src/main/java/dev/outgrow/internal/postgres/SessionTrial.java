package dev.outgrow.internal.postgres;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * Tries whether two sessions of a server behave as in PostgreSQL: a lock of one keeps the other out, one can take the snapshot of
 * the other, rows can be read in binary, and a rollback removes what a transaction made. Engines and balancers that claim to be
 * PostgreSQL may behave differently, some depending on a setting.
 */
public final class SessionTrial {
    private static final String KEY = "(1870489458, 1)";

    private static final String LOCK = "SELECT pg_catalog.pg_try_advisory_lock" + KEY;

    private static final String MADE = "SELECT pg_catalog.to_regclass('pg_temp.outgrow_trial') IS NOT NULL";

    private static final String NOT_EXPORTED =
            "one session cannot see the state that another sees, so that what arrived could not be"
                    + " compared on several connections";

    private static final String NO_BINARY =
            "it gives no rows out in binary, so that nothing that arrived could be compared";

    private final Connection one;
    private final Connection other;

    /** A trial of two sessions in auto-commit mode. */
    public SessionTrial(Connection one, Connection other) {
        this.one = one;
        this.other = other;
    }

    /**
     * Tries all of it.
     *
     * @throws MigrationException if the server breaks a law of a migration
     */
    public void demand() throws SQLException {
        demandToRead();
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

    /**
     * Tries what a comparison needs; that writes nothing.
     *
     * @throws MigrationException if the server breaks a law of a migration
     */
    public void demandToRead() throws SQLException {
        locks();
        binary();
        sharedSnapshot();
    }

    private void locks() throws SQLException {
        // Another instance that is trying the same holds the lock for a moment: that is an answer, too.
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
    }

    private void binary() throws SQLException {
        try {
            one.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (SELECT 1) TO STDOUT (FORMAT binary)", new ByteArrayOutputStream());
        } catch (SQLException e) {
            throw refused(e, NO_BINARY);
        } catch (IOException e) {
            throw new SQLException("reading in binary", e);
        }
    }

    private void sharedSnapshot() throws SQLException {
        SQLException failure = null;
        one.setAutoCommit(false);
        try {
            execute(one, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            shared(text(one, "SELECT pg_catalog.pg_export_snapshot()"));
        } catch (SQLException e) {
            failure = e;
        } finally {
            one.rollback();
            one.setAutoCommit(true);
        }
        if (failure != null) {
            throw refused(failure, NOT_EXPORTED);
        }
    }

    private void shared(String snapshot) throws SQLException {
        other.setAutoCommit(false);
        try {
            execute(other, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            execute(other, "SET TRANSACTION SNAPSHOT '" + snapshot + "'");
        } finally {
            if (!other.isClosed()) {
                other.rollback();
                other.setAutoCommit(true);
            }
        }
    }

    /** A server that goes away or is busy is one of PostgreSQL's own. */
    private MigrationException refused(SQLException failure, String law) throws SQLException {
        String state = String.valueOf(failure.getSQLState());
        if (state.startsWith("08") || state.startsWith("57") || state.startsWith("53")) {
            throw failure;
        }
        return refusal(law);
    }

    private MigrationException refusal(String law) throws SQLException {
        return new MigrationException(
                Reason.TARGET_UNFIT,
                "The target says that it is "
                        + text(one, "SELECT pg_catalog.version()").replaceFirst(",.*", "")
                        + ", and does not behave like PostgreSQL: " + law + ".",
                "migrate into a PostgreSQL server, without a balancer between, or turn on the setting by which this one does as"
                        + " PostgreSQL does.",
                null);
    }

    private static boolean is(Connection session, String sql) throws SQLException {
        return "t".equals(text(session, sql));
    }

    private static String text(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
