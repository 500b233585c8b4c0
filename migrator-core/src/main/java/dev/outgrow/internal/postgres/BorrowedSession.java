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
 * A connection that returns its session as it was: closing it ends the transaction, and restores the session's settings
 * and mode. A pool would restore the mode at most.
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
                   OR name OPERATOR(pg_catalog.=) 'client_connection_check_interval')
            UNION
            SELECT name, coalesce(pg_catalog.current_setting(name, true), '') FROM pg_catalog.unnest('{TimeZone, DateStyle, IntervalStyle, extra_float_digits,
                quote_all_identifiers, bytea_output, standard_conforming_strings, client_min_messages, application_name, default_transaction_isolation,
                tcp_keepalives_idle, tcp_keepalives_interval, tcp_keepalives_count,
                search_path, synchronous_commit, maintenance_work_mem, outgrow.search_path, outgrow.session}'::pg_catalog.text[])
                AS name""";

    /** Only functions that a balancer lets a standby answer: so a session that is partly on a standby shows it. */
    private static final String TIMEOUT = "SELECT pg_catalog.current_setting('statement_timeout'),"
            + " pg_catalog.current_setting('transaction_read_only')";

    private static final String RESTORE =
            "SELECT pg_catalog.set_config(name, value, false) FROM ROWS FROM (pg_catalog.unnest(?), pg_catalog.unnest(?))"
                    + " AS setting (name, value)";

    private final Connection connection;
    private final EngineTrial engine;
    private final @Nullable StallWatch watch;
    private final boolean autoCommit;
    private final AutoSave autosave;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private boolean closed;

    private BorrowedSession(Connection connection, EngineTrial engine, @Nullable StallWatch watch) throws SQLException {
        super(connection);
        this.connection = connection;
        this.engine = engine;
        this.watch = watch;
        this.autoCommit = connection.getAutoCommit();
        this.autosave = driver().getAutosave();
    }

    private PGConnection driver() throws SQLException {
        return connection.unwrap(PGConnection.class);
    }

    /** The timeouts first: one that is too short for the next query must not end it. */
    private boolean remember() throws SQLException {
        try (Statement statement = connection.createStatement()) {
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
        }
        return settings.isEmpty();
    }

    /**
     * Remembers the session's state.
     *
     * @param engine what the other sessions of the target reached
     * @param watch watches the session until it is returned; null if there is none
     */
    static Connection of(Connection connection, EngineTrial engine, @Nullable StallWatch watch) throws SQLException {
        BorrowedSession session = new BorrowedSession(connection, engine, watch);
        try {
            session.driver().setAutosave(AutoSave.NEVER);
            if (watch != null) {
                watch.add(connection, session.pulse());
            }
            session.pulse().during(session::remember);
            if (watch != null) {
                watch.identify(session.pulse());
            }
        } catch (SQLException | RuntimeException e) {
            session.driver().setAutosave(session.autosave);
            session.unwatch();
            throw e;
        }
        return session;
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
