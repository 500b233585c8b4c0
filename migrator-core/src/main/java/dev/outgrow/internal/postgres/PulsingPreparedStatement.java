package dev.outgrow.internal.postgres;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;

/** A prepared statement whose calls that wait for the server are seen by a {@link Pulse}. */
final class PulsingPreparedStatement extends PulsingStatement implements PreparedStatement {
    private final PreparedStatement called;

    PulsingPreparedStatement(PreparedStatement called, Pulse pulse) {
        super(called, pulse);
        this.called = called;
    }

    @Override
    public void addBatch() throws SQLException {
        called.addBatch();
    }

    @Override
    public void clearParameters() throws SQLException {
        called.clearParameters();
    }

    @Override
    public boolean execute() throws SQLException {
        return pulse.during(called::execute);
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return pulse.during(called::executeLargeUpdate);
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return pulse.during(called::executeQuery);
    }

    @Override
    public int executeUpdate() throws SQLException {
        return pulse.during(called::executeUpdate);
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        return pulse.during(called::getMetaData);
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        return pulse.during(called::getParameterMetaData);
    }

    @Override
    public void setArray(int index, Array array) throws SQLException {
        called.setArray(index, array);
    }

    @Override
    public void setAsciiStream(int index, InputStream inputStream) throws SQLException {
        called.setAsciiStream(index, inputStream);
    }

    @Override
    public void setAsciiStream(int index, InputStream inputStream, int number) throws SQLException {
        called.setAsciiStream(index, inputStream, number);
    }

    @Override
    public void setAsciiStream(int index, InputStream inputStream, long length) throws SQLException {
        called.setAsciiStream(index, inputStream, length);
    }

    @Override
    public void setBigDecimal(int index, BigDecimal bigDecimal) throws SQLException {
        called.setBigDecimal(index, bigDecimal);
    }

    @Override
    public void setBinaryStream(int index, InputStream inputStream) throws SQLException {
        called.setBinaryStream(index, inputStream);
    }

    @Override
    public void setBinaryStream(int index, InputStream inputStream, int number) throws SQLException {
        called.setBinaryStream(index, inputStream, number);
    }

    @Override
    public void setBinaryStream(int index, InputStream inputStream, long length) throws SQLException {
        called.setBinaryStream(index, inputStream, length);
    }

    @Override
    public void setBlob(int index, InputStream inputStream) throws SQLException {
        called.setBlob(index, inputStream);
    }

    @Override
    public void setBlob(int index, Blob blob) throws SQLException {
        called.setBlob(index, blob);
    }

    @Override
    public void setBlob(int index, InputStream inputStream, long length) throws SQLException {
        called.setBlob(index, inputStream, length);
    }

    @Override
    public void setBoolean(int index, boolean on) throws SQLException {
        called.setBoolean(index, on);
    }

    @Override
    public void setByte(int index, byte value) throws SQLException {
        called.setByte(index, value);
    }

    @Override
    public void setBytes(int index, byte[] values) throws SQLException {
        called.setBytes(index, values);
    }

    @Override
    public void setCharacterStream(int index, Reader reader) throws SQLException {
        called.setCharacterStream(index, reader);
    }

    @Override
    public void setCharacterStream(int index, Reader reader, int number) throws SQLException {
        called.setCharacterStream(index, reader, number);
    }

    @Override
    public void setCharacterStream(int index, Reader reader, long length) throws SQLException {
        called.setCharacterStream(index, reader, length);
    }

    @Override
    public void setClob(int index, Reader reader) throws SQLException {
        called.setClob(index, reader);
    }

    @Override
    public void setClob(int index, Clob clob) throws SQLException {
        called.setClob(index, clob);
    }

    @Override
    public void setClob(int index, Reader reader, long length) throws SQLException {
        called.setClob(index, reader, length);
    }

    @Override
    public void setDate(int index, Date date) throws SQLException {
        called.setDate(index, date);
    }

    @Override
    public void setDate(int index, Date date, Calendar calendar) throws SQLException {
        called.setDate(index, date, calendar);
    }

    @Override
    public void setDouble(int index, double value) throws SQLException {
        called.setDouble(index, value);
    }

    @Override
    public void setFloat(int index, float value) throws SQLException {
        called.setFloat(index, value);
    }

    @Override
    public void setInt(int index, int number) throws SQLException {
        called.setInt(index, number);
    }

    @Override
    public void setLong(int index, long length) throws SQLException {
        called.setLong(index, length);
    }

    @Override
    public void setNCharacterStream(int index, Reader reader) throws SQLException {
        called.setNCharacterStream(index, reader);
    }

    @Override
    public void setNCharacterStream(int index, Reader reader, long length) throws SQLException {
        called.setNCharacterStream(index, reader, length);
    }

    @Override
    public void setNClob(int index, Reader reader) throws SQLException {
        called.setNClob(index, reader);
    }

    @Override
    public void setNClob(int index, NClob nClob) throws SQLException {
        called.setNClob(index, nClob);
    }

    @Override
    public void setNClob(int index, Reader reader, long length) throws SQLException {
        called.setNClob(index, reader, length);
    }

    @Override
    public void setNString(int index, String text) throws SQLException {
        called.setNString(index, text);
    }

    @Override
    public void setNull(int index, int number) throws SQLException {
        called.setNull(index, number);
    }

    @Override
    public void setNull(int index, int number, String text) throws SQLException {
        called.setNull(index, number, text);
    }

    @Override
    public void setObject(int index, Object object) throws SQLException {
        called.setObject(index, object);
    }

    @Override
    public void setObject(int index, Object object, int number) throws SQLException {
        called.setObject(index, object, number);
    }

    @Override
    public void setObject(int index, Object object, SQLType sQLType) throws SQLException {
        called.setObject(index, object, sQLType);
    }

    @Override
    public void setObject(int index, Object object, int number, int number2) throws SQLException {
        called.setObject(index, object, number, number2);
    }

    @Override
    public void setObject(int index, Object object, SQLType sQLType, int number) throws SQLException {
        called.setObject(index, object, sQLType, number);
    }

    @Override
    public void setRef(int index, Ref ref) throws SQLException {
        called.setRef(index, ref);
    }

    @Override
    public void setRowId(int index, RowId rowId) throws SQLException {
        called.setRowId(index, rowId);
    }

    @Override
    public void setSQLXML(int index, SQLXML sQLXML) throws SQLException {
        called.setSQLXML(index, sQLXML);
    }

    @Override
    public void setShort(int index, short value) throws SQLException {
        called.setShort(index, value);
    }

    @Override
    public void setString(int index, String text) throws SQLException {
        called.setString(index, text);
    }

    @Override
    public void setTime(int index, Time time) throws SQLException {
        called.setTime(index, time);
    }

    @Override
    public void setTime(int index, Time time, Calendar calendar) throws SQLException {
        called.setTime(index, time, calendar);
    }

    @Override
    public void setTimestamp(int index, Timestamp timestamp) throws SQLException {
        called.setTimestamp(index, timestamp);
    }

    @Override
    public void setTimestamp(int index, Timestamp timestamp, Calendar calendar) throws SQLException {
        called.setTimestamp(index, timestamp, calendar);
    }

    @Override
    public void setURL(int index, URL uRL) throws SQLException {
        called.setURL(index, uRL);
    }

    @Deprecated
    @Override
    @SuppressWarnings({"deprecation", "InlineMeSuggester"})
    public void setUnicodeStream(int index, InputStream inputStream, int number) throws SQLException {
        called.setUnicodeStream(index, inputStream, number);
    }
}
