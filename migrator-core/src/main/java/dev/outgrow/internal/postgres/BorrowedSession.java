package dev.outgrow.internal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;

/**
 * A connection with the settings that {@link PgServer} promises, which returns its session as it was: closing it ends the
 * transaction, and restores the session's settings and mode. A pool would restore the mode at most. A connection that was made for
 * us from a URL has nothing to restore but what it was born with, which the server knows; and all that is asked of it and set in it
 * goes in one request.
 *
 * <p>Meanwhile the driver sets no savepoints of its own ({@code autosave}): a subtransaction can neither export a snapshot nor
 * empty a table for frozen rows.
 */
final class BorrowedSession extends PulsingConnection {
    /**
     * Every setting that this library changes in a session. The search path is still the app's here, so each function
     * and operator is qualified.
     */
    private static final String CHANGED = """
            SELECT name, pg_catalog.current_setting(name) FROM pg_catalog.pg_settings
             WHERE context OPERATOR(pg_catalog.=) 'user' AND (name OPERATOR(pg_catalog.~~) '%\\_timeout'
                   OR name OPERATOR(pg_catalog.=) 'client_connection_check_interval'
                   OR name OPERATOR(pg_catalog.=) 'citus.max_cached_conns_per_worker')
            UNION
            SELECT name, coalesce(pg_catalog.current_setting(name, true), '') FROM pg_catalog.unnest('{TimeZone, DateStyle, IntervalStyle, extra_float_digits,
                quote_all_identifiers, bytea_output, standard_conforming_strings, client_min_messages, application_name, default_transaction_isolation,
                tcp_keepalives_idle, tcp_keepalives_interval, tcp_keepalives_count,
                search_path, synchronous_commit, maintenance_work_mem, outgrow.search_path, outgrow.session}'::pg_catalog.text[])
                AS name""";

    /**
     * Keeps the app's search path in a setting; our own statements never use it. Citus keeps no session on a worker from one
     * transaction to the next, which the role's {@code idle_session_timeout} could end there.
     */
    private static final String SETTINGS = """
            SELECT pg_catalog.set_config('outgrow.search_path', pg_catalog.current_setting('search_path'), false);
            SET search_path = pg_catalog, pg_temp;
            SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';
            SET extra_float_digits = 3; SET bytea_output = 'hex'; SET standard_conforming_strings = on;
            SET quote_all_identifiers = off;
            SET client_min_messages = 'warning'; SET application_name = 'outgrow';
            SET default_transaction_isolation = 'read committed';
            SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;
            SELECT set_config(name, CASE name WHEN 'tcp_user_timeout' THEN '60s'
                                              WHEN 'client_connection_check_interval' THEN '10s' ELSE '0' END, false)
              FROM pg_settings
             WHERE CASE WHEN name IN ('tcp_user_timeout', 'client_connection_check_interval') THEN version() ~ 'linux'
                        WHEN name = 'citus.max_cached_conns_per_worker' THEN true
                        ELSE context = 'user' AND name LIKE '%\\_timeout' AND min_val = '0' END""";

    /** The timeouts first: one that is too short for the next query must not end it. */
    private static final String OWN =
            "SET statement_timeout = 0; SELECT pg_catalog.current_setting('transaction_read_only'),"
                    + " pg_catalog.pg_backend_pid(); " + SETTINGS;

    /** Only functions that a balancer lets a standby answer: so a session that is partly on a standby shows it. */
    private static final String TIMEOUT = "SELECT pg_catalog.current_setting('statement_timeout'),"
            + " pg_catalog.current_setting('transaction_read_only')";

    private static final String RESTORE =
            "SELECT pg_catalog.set_config(name, value, false) FROM ROWS FROM (pg_catalog.unnest(?), pg_catalog.unnest(?))"
                    + " AS setting (name, value)";

    private final Connection connection;
    private final boolean own;
    private final EngineTrial engine;
    private final @Nullable StallWatch watch;
    private final boolean autoCommit;
    private final AutoSave autosave;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private boolean closed;

    private BorrowedSession(Connection connection, boolean own, EngineTrial engine, @Nullable StallWatch watch)
            throws SQLException {
        super(connection);
        this.connection = connection;
        this.own = own;
        this.engine = engine;
        this.watch = watch;
        this.autoCommit = connection.getAutoCommit();
        this.autosave = driver().getAutosave();
    }

    private PGConnection driver() throws SQLException {
        return connection.unwrap(PGConnection.class);
    }

    private void settle() throws SQLException {
        connection.setAutoCommit(true);
        if (own) {
            settleOwn();
            return;
        }
        remember();
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
        }
    }

    private void settleOwn() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(OWN);
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                engine.reached(row.getString(1).equals("on"));
                identified(row.getInt(2));
            }
        }
    }

    private void identified(int pid) {
        if (watch != null) {
            watch.identified(pulse(), pid);
        }
    }

    private void remember() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // The timeout first: one that is too short for the next query must not end it.
            String timeout;
            try (ResultSet row = statement.executeQuery(TIMEOUT)) {
                row.next();
                timeout = row.getString(1);
                engine.reached(row.getString(2).equals("on"));
            }
            statement.execute("SET statement_timeout = 0");
            try (ResultSet rows = statement.executeQuery(CHANGED)) {
                while (rows.next()) {
                    settings.put(rows.getString(1), rows.getString(2));
                }
            }
            settings.put("statement_timeout", timeout);
            try (ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
                row.next();
                identified(row.getInt(1));
            }
        }
    }

    /**
     * Remembers the session's state, and gives it its settings.
     *
     * @param own whether the connection was made from a URL, so that nobody has set anything in it
     * @param engine what the other sessions of the target reached
     * @param watch watches the session until it is returned; null if there is none
     */
    static Connection of(Connection connection, boolean own, EngineTrial engine, @Nullable StallWatch watch)
            throws SQLException {
        BorrowedSession session = new BorrowedSession(connection, own, engine, watch);
        boolean settled = false;
        try {
            session.driver().setAutosave(AutoSave.NEVER);
            if (watch != null) {
                watch.add(connection, session.pulse());
            }
            session.pulse().run(session::settle);
            settled = true;
            return session;
        } finally {
            if (!settled) {
                session.close();
            }
        }
    }

    private void unwatch() {
        if (watch != null) {
            watch.remove(pulse());
        }
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        try (connection) {
            pulse().run(this::restore);
        } catch (SQLException e) {
            System.getLogger(BorrowedSession.class.getName())
                    .log(System.Logger.Level.DEBUG, "A session could not be given back as it was; it is gone.");
        } finally {
            unwatch();
        }
    }

    private void restore() throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        if (own) {
            // It ends with the connection; but what ends there may be the way to a pooler that keeps sessions.
            try (Statement statement = connection.createStatement()) {
                statement.execute("DISCARD ALL");
            }
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(RESTORE)) {
            statement.setArray(
                    1, connection.createArrayOf("text", settings.keySet().toArray()));
            statement.setArray(
                    2, connection.createArrayOf("text", settings.values().toArray()));
            statement.execute();
        }
        driver().setAutosave(autosave);
        connection.setAutoCommit(autoCommit);
    }
}
