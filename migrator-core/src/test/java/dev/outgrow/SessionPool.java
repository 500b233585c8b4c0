package dev.outgrow;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** A pool as applications have one: few sessions, used again, and given out as they were given back. */
final class SessionPool implements DataSource, AutoCloseable {
    private final Deque<Connection> free = new ArrayDeque<>();
    private final List<Connection> all = new ArrayList<>();

    SessionPool(DataSource server, int sessions) {
        try {
            for (int i = 0; i < sessions; i++) {
                Connection connection = server.getConnection();
                all.add(connection);
                free.add(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized Connection getConnection() throws SQLException {
        Connection session = free.poll();
        if (session == null) {
            throw new SQLTransientConnectionException("pool - Connection is not available, request timed out");
        }
        return (Connection) Proxy.newProxyInstance(
                SessionPool.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        giveBack(session);
                        return null;
                    }
                    try {
                        return method.invoke(session, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private synchronized void giveBack(Connection session) {
        free.add(session);
    }

    /** The settings of all sessions and of their driver, and whether all are free. */
    synchronized List<String> settings() throws SQLException {
        List<String> settings = new ArrayList<>();
        settings.add(free.size() + " of " + all.size() + " free");
        for (Connection session : all) {
            settings.add("autosave " + session.unwrap(PGConnection.class).getAutosave());
            try (Statement statement = session.createStatement();
                    ResultSet rows =
                            statement.executeQuery("SELECT name || ' ' || setting FROM pg_settings ORDER BY 1")) {
                while (rows.next()) {
                    settings.add(rows.getString(1));
                }
            }
        }
        return settings;
    }

    @Override
    public void close() {
        try {
            for (Connection connection : all) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
