package dev.outgrow.internal.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/** A statement whose calls that wait for the server are seen by a {@link Pulse}. */
class PulsingStatement implements Statement {
    private final Statement called;
    final Pulse pulse;

    PulsingStatement(Statement called, Pulse pulse) {
        this.called = called;
        this.pulse = pulse;
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        called.addBatch(sql);
    }

    @Override
    public void cancel() throws SQLException {
        called.cancel();
    }

    @Override
    public void clearBatch() throws SQLException {
        called.clearBatch();
    }

    @Override
    public void clearWarnings() throws SQLException {
        called.clearWarnings();
    }

    @Override
    public void close() throws SQLException {
        called.close();
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        called.closeOnCompletion();
    }

    @Override
    public String enquoteIdentifier(String name, boolean on) throws SQLException {
        return called.enquoteIdentifier(name, on);
    }

    @Override
    public String enquoteLiteral(String name) throws SQLException {
        return called.enquoteLiteral(name);
    }

    @Override
    public String enquoteNCharLiteral(String name) throws SQLException {
        return called.enquoteNCharLiteral(name);
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        return pulse.during(() -> called.execute(sql));
    }

    @Override
    public boolean execute(String sql, int number) throws SQLException {
        return pulse.during(() -> called.execute(sql, number));
    }

    @Override
    public boolean execute(String sql, int[] values) throws SQLException {
        return pulse.during(() -> called.execute(sql, values));
    }

    @Override
    public boolean execute(String sql, String[] values) throws SQLException {
        return pulse.during(() -> called.execute(sql, values));
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return pulse.during(called::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return pulse.during(called::executeLargeBatch);
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        return pulse.during(() -> called.executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql, int number) throws SQLException {
        return pulse.during(() -> called.executeLargeUpdate(sql, number));
    }

    @Override
    public long executeLargeUpdate(String sql, int[] values) throws SQLException {
        return pulse.during(() -> called.executeLargeUpdate(sql, values));
    }

    @Override
    public long executeLargeUpdate(String sql, String[] values) throws SQLException {
        return pulse.during(() -> called.executeLargeUpdate(sql, values));
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        return pulse.during(() -> called.executeQuery(sql));
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return pulse.during(() -> called.executeUpdate(sql));
    }

    @Override
    public int executeUpdate(String sql, int number) throws SQLException {
        return pulse.during(() -> called.executeUpdate(sql, number));
    }

    @Override
    public int executeUpdate(String sql, int[] values) throws SQLException {
        return pulse.during(() -> called.executeUpdate(sql, values));
    }

    @Override
    public int executeUpdate(String sql, String[] values) throws SQLException {
        return pulse.during(() -> called.executeUpdate(sql, values));
    }

    @Override
    public Connection getConnection() throws SQLException {
        return called.getConnection();
    }

    @Override
    public int getFetchDirection() throws SQLException {
        return called.getFetchDirection();
    }

    @Override
    public int getFetchSize() throws SQLException {
        return called.getFetchSize();
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        return called.getGeneratedKeys();
    }

    @Override
    public long getLargeMaxRows() throws SQLException {
        return called.getLargeMaxRows();
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        return called.getLargeUpdateCount();
    }

    @Override
    public int getMaxFieldSize() throws SQLException {
        return called.getMaxFieldSize();
    }

    @Override
    public int getMaxRows() throws SQLException {
        return called.getMaxRows();
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return called.getMoreResults();
    }

    @Override
    public boolean getMoreResults(int number) throws SQLException {
        return called.getMoreResults(number);
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        return called.getQueryTimeout();
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return called.getResultSet();
    }

    @Override
    public int getResultSetConcurrency() throws SQLException {
        return called.getResultSetConcurrency();
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        return called.getResultSetHoldability();
    }

    @Override
    public int getResultSetType() throws SQLException {
        return called.getResultSetType();
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return called.getUpdateCount();
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        return called.getWarnings();
    }

    @Override
    public boolean isCloseOnCompletion() throws SQLException {
        return called.isCloseOnCompletion();
    }

    @Override
    public boolean isClosed() throws SQLException {
        return called.isClosed();
    }

    @Override
    public boolean isPoolable() throws SQLException {
        return called.isPoolable();
    }

    @Override
    public boolean isSimpleIdentifier(String name) throws SQLException {
        return called.isSimpleIdentifier(name);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return called.isWrapperFor(type);
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        called.setCursorName(name);
    }

    @Override
    public void setEscapeProcessing(boolean on) throws SQLException {
        called.setEscapeProcessing(on);
    }

    @Override
    public void setFetchDirection(int number) throws SQLException {
        called.setFetchDirection(number);
    }

    @Override
    public void setFetchSize(int number) throws SQLException {
        called.setFetchSize(number);
    }

    @Override
    public void setLargeMaxRows(long length) throws SQLException {
        called.setLargeMaxRows(length);
    }

    @Override
    public void setMaxFieldSize(int number) throws SQLException {
        called.setMaxFieldSize(number);
    }

    @Override
    public void setMaxRows(int number) throws SQLException {
        called.setMaxRows(number);
    }

    @Override
    public void setPoolable(boolean on) throws SQLException {
        called.setPoolable(on);
    }

    @Override
    public void setQueryTimeout(int number) throws SQLException {
        called.setQueryTimeout(number);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return called.unwrap(type);
    }
}
