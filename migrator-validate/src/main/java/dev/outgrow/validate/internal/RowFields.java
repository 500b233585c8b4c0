package dev.outgrow.validate.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.SQLException;

/**
 * Rows in the bytes of binary COPY, one at a time: an array and the position of each field in it, so that no object is
 * created for a value. Not safe for concurrent use.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">PostgreSQL, COPY, "Binary Format"</a>
 */
abstract class RowFields {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NOTHING = {};

    final int[] offsets;
    final int[] lengths;
    byte[] bytes = NOTHING;

    RowFields(int columns) {
        this.offsets = new int[columns];
        this.lengths = new int[columns];
    }

    /** Moves to the next row; false if there is none. */
    abstract boolean next() throws SQLException;

    /** The bytes that came since the last call. */
    abstract long takeReceived();

    /** The array that holds the current row; another row may be in another array. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the field of a column begins in {@link #bytes()}. */
    public int offset(int column) {
        return offsets[column];
    }

    /** The bytes of the field of a column; -1 for NULL. */
    public int length(int column) {
        return lengths[column];
    }

    /** The integer of two, four or eight bytes in a column that is not NULL. */
    long integer(int column) {
        return switch (lengths[column]) {
            case 2 -> shortAt(offsets[column]);
            case 4 -> intAt(offsets[column]);
            default -> (long) LONG.get(bytes, offsets[column]);
        };
    }

    final short shortAt(int position) {
        return (short) SHORT.get(bytes, position);
    }

    final int intAt(int position) {
        return (int) INT.get(bytes, position);
    }
}
