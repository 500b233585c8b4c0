package dev.outgrow.validate.internal.change;

import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Values on their way to SQLite through JDBC, and back, each with its storage class. */
public final class StoredValue {
    private StoredValue() {}

    /** Binds a value. Text is valid UTF-8, since all text from PostgreSQL is. */
    public static void set(PreparedStatement statement, int parameter, ValueSlot value) throws SQLException {
        switch (value.storageClass()) {
            case NULL -> statement.setObject(parameter, null);
            case INTEGER -> statement.setLong(parameter, value.integer());
            case REAL -> statement.setDouble(parameter, value.real());
            case TEXT -> statement.setString(parameter, new String(value.bytes(), StandardCharsets.UTF_8));
            case BLOB -> statement.setBytes(parameter, value.bytes());
        }
    }

    /** Reads a value that {@link #set} has stored in a column without affinity. */
    public static void get(ResultSet row, int column, ValueSlot into) throws SQLException {
        Object value = row.getObject(column);
        if (value == null) {
            into.setNull();
        } else if (value instanceof Integer || value instanceof Long) {
            into.setInteger(((Number) value).longValue());
        } else if (value instanceof Double real) {
            into.setReal(real);
        } else if (value instanceof byte[] bytes) {
            into.setBlob(bytes);
        } else {
            into.setText(value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
