package dev.outgrow.internal.postgres;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.ShardingKey;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.postgresql.PGConnection;

/**
 * A connection whose calls that wait for the server are seen by a {@link Pulse}, and those of its statements. Written out, since
 * the class that a JVM makes of an interface of JDBC costs a tenth of the processor time of a small migration.
 */
abstract class PulsingConnection implements Connection, Pulse.Pulsing {
    private final Connection connection;
    private final Pulse pulse = new Pulse();

    PulsingConnection(Connection connection) {
        this.connection = connection;
    }

    @Override
    public final Pulse pulse() {
        return pulse;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type == PGConnection.class
                ? type.cast(new PulsingDriver(connection.unwrap(PGConnection.class), pulse))
                : connection.unwrap(type);
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        connection.abort(executor);
    }

    @Override
    public void beginRequest() throws SQLException {
        connection.beginRequest();
    }

    @Override
    public void clearWarnings() throws SQLException {
        connection.clearWarnings();
    }

    @Override
    public void commit() throws SQLException {
        pulse.run(connection::commit);
    }

    @Override
    public Array createArrayOf(String name, Object[] values) throws SQLException {
        return connection.createArrayOf(name, values);
    }

    @Override
    public Blob createBlob() throws SQLException {
        return connection.createBlob();
    }

    @Override
    public Clob createClob() throws SQLException {
        return connection.createClob();
    }

    @Override
    public NClob createNClob() throws SQLException {
        return connection.createNClob();
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        return connection.createSQLXML();
    }

    @Override
    public Statement createStatement() throws SQLException {
        return new PulsingStatement(connection.createStatement(), pulse);
    }

    @Override
    public Statement createStatement(int index, int number) throws SQLException {
        return new PulsingStatement(connection.createStatement(index, number), pulse);
    }

    @Override
    public Statement createStatement(int index, int number, int number2) throws SQLException {
        return new PulsingStatement(connection.createStatement(index, number, number2), pulse);
    }

    @Override
    public Struct createStruct(String name, Object[] values) throws SQLException {
        return connection.createStruct(name, values);
    }

    @Override
    public void endRequest() throws SQLException {
        connection.endRequest();
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        return connection.getAutoCommit();
    }

    @Override
    public String getCatalog() throws SQLException {
        return connection.getCatalog();
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        return connection.getClientInfo();
    }

    @Override
    public String getClientInfo(String name) throws SQLException {
        return connection.getClientInfo(name);
    }

    @Override
    public int getHoldability() throws SQLException {
        return connection.getHoldability();
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        return pulse.during(connection::getMetaData);
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        return connection.getNetworkTimeout();
    }

    @Override
    public String getSchema() throws SQLException {
        return pulse.during(connection::getSchema);
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        return connection.getTransactionIsolation();
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        return connection.getTypeMap();
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        return connection.getWarnings();
    }

    @Override
    public boolean isClosed() throws SQLException {
        return connection.isClosed();
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return connection.isReadOnly();
    }

    @Override
    public boolean isValid(int number) throws SQLException {
        return pulse.during(() -> connection.isValid(number));
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return connection.isWrapperFor(type);
    }

    @Override
    public String nativeSQL(String sql) throws SQLException {
        return connection.nativeSQL(sql);
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return connection.prepareCall(sql);
    }

    @Override
    public CallableStatement prepareCall(String sql, int number, int number2) throws SQLException {
        return connection.prepareCall(sql, number, number2);
    }

    @Override
    public CallableStatement prepareCall(String sql, int number, int number2, int number3) throws SQLException {
        return connection.prepareCall(sql, number, number2, number3);
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return new PulsingPreparedStatement(connection.prepareStatement(sql), pulse);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int number) throws SQLException {
        return new PulsingPreparedStatement(connection.prepareStatement(sql, number), pulse);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] values) throws SQLException {
        return new PulsingPreparedStatement(connection.prepareStatement(sql, values), pulse);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] values) throws SQLException {
        return new PulsingPreparedStatement(connection.prepareStatement(sql, values), pulse);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int number, int number2) throws SQLException {
        return new PulsingPreparedStatement(connection.prepareStatement(sql, number, number2), pulse);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int number, int number2, int number3) throws SQLException {
        return new PulsingPreparedStatement(connection.prepareStatement(sql, number, number2, number3), pulse);
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        pulse.run(() -> connection.releaseSavepoint(savepoint));
    }

    @Override
    public void rollback() throws SQLException {
        pulse.run(connection::rollback);
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        pulse.run(() -> connection.rollback(savepoint));
    }

    @Override
    public void setAutoCommit(boolean on) throws SQLException {
        pulse.run(() -> connection.setAutoCommit(on));
    }

    @Override
    public void setCatalog(String name) throws SQLException {
        connection.setCatalog(name);
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        connection.setClientInfo(properties);
    }

    @Override
    public void setClientInfo(String name, String text) throws SQLClientInfoException {
        connection.setClientInfo(name, text);
    }

    @Override
    public void setHoldability(int number) throws SQLException {
        connection.setHoldability(number);
    }

    @Override
    public void setNetworkTimeout(Executor executor, int number) throws SQLException {
        connection.setNetworkTimeout(executor, number);
    }

    @Override
    public void setReadOnly(boolean on) throws SQLException {
        pulse.run(() -> connection.setReadOnly(on));
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        return pulse.during(connection::setSavepoint);
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return pulse.during(() -> connection.setSavepoint(name));
    }

    @Override
    public void setSchema(String name) throws SQLException {
        connection.setSchema(name);
    }

    @Override
    public void setShardingKey(ShardingKey shardingKey) throws SQLException {
        connection.setShardingKey(shardingKey);
    }

    @Override
    public void setShardingKey(ShardingKey shardingKey, ShardingKey shardingKey2) throws SQLException {
        connection.setShardingKey(shardingKey, shardingKey2);
    }

    @Override
    public boolean setShardingKeyIfValid(ShardingKey shardingKey, int number) throws SQLException {
        return connection.setShardingKeyIfValid(shardingKey, number);
    }

    @Override
    public boolean setShardingKeyIfValid(ShardingKey shardingKey, ShardingKey shardingKey2, int number)
            throws SQLException {
        return connection.setShardingKeyIfValid(shardingKey, shardingKey2, number);
    }

    @Override
    public void setTransactionIsolation(int number) throws SQLException {
        pulse.run(() -> connection.setTransactionIsolation(number));
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        connection.setTypeMap(map);
    }
}
