package dev.outgrow.internal.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection that gives its session back as it was: closing it ends the transaction, and restores the settings and the mode
 * that it had. A pool restores the mode alone, if that.
 */
final class BorrowedSession implements InvocationHandler {
    /**
     * Every setting that this library changes for a session. The path is still the app's, so that each function and operator is
     * named in full.
     */
    private static final String CHANGED = """
            SELECT name, pg_catalog.current_setting(name) FROM pg_catalog.pg_settings
             WHERE context OPERATOR(pg_catalog.=) 'user' AND name OPERATOR(pg_catalog.~~) '%\\_timeout'
            UNION
            SELECT name, coalesce(pg_catalog.current_setting(name, true), '') FROM pg_catalog.unnest('{TimeZone, DateStyle, IntervalStyle, extra_float_digits,
                quote_all_identifiers, bytea_output, standard_conforming_strings, client_min_messages, application_name, default_transaction_isolation,
                tcp_keepalives_idle, tcp_keepalives_interval, tcp_keepalives_count,
                search_path, synchronous_commit, maintenance_work_mem, outgrow.search_path, outgrow.session}'::pg_catalog.text[])
                AS name""";

    private static final String RESTORE =
            "SELECT pg_catalog.set_config(name, value, false) FROM ROWS FROM (pg_catalog.unnest(?), pg_catalog.unnest(?))"
                    + " AS setting (name, value)";

    private final Connection connection;
    private final boolean autoCommit;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private boolean closed;

    private BorrowedSession(Connection connection) throws SQLException {
        this.connection = connection;
        this.autoCommit = connection.getAutoCommit();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(CHANGED)) {
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getString(2));
            }
        }
    }

    /** Remembers what the session is like. */
    static Connection of(Connection connection) throws SQLException {
        return (Connection) Proxy.newProxyInstance(
                BorrowedSession.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new BorrowedSession(connection));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            giveBack();
            return null;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void giveBack() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        try (connection) {
            restore();
        } catch (SQLException e) {
            System.getLogger(BorrowedSession.class.getName())
                    .log(System.Logger.Level.DEBUG, "A session could not be given back as it was; it is gone.");
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
        connection.setAutoCommit(autoCommit);
    }
}
