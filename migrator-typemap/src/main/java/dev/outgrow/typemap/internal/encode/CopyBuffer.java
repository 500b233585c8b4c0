package dev.outgrow.typemap.internal.encode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes of binary COPY under way: grows to the largest row that it met, and is emptied by whoever sends it. Big-endian,
 * as PostgreSQL's "Binary Format" of COPY says. Not safe for concurrent use.
 */
public final class CopyBuffer {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int size;

    public CopyBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    public int size() {
        return size;
    }

    /** The bytes so far, from index 0 to {@link #size()}; valid until the next put. */
    public byte[] array() {
        return bytes;
    }

    /** Forgets all bytes from this position on. */
    public void truncate(int position) {
        size = position;
    }

    public void clear() {
        size = 0;
    }

    public void putNull() {
        putInt(-1);
    }

    public void putByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    public void putShort(int value) {
        reserve(2);
        SHORT.set(bytes, size, (short) value);
        size += 2;
    }

    public void putInt(int value) {
        reserve(4);
        INT.set(bytes, size, value);
        size += 4;
    }

    /** Overwrites the four bytes at a position that was reserved before. */
    public void setInt(int position, int value) {
        INT.set(bytes, position, value);
    }

    public void putLong(long value) {
        reserve(8);
        LONG.set(bytes, size, value);
        size += 8;
    }

    /** A whole field: length, then the bytes. */
    public void putField(byte[] value) {
        putInt(value.length);
        putBytes(value, 0, value.length);
    }

    public void putBytes(byte[] value, int offset, int length) {
        reserve(length);
        System.arraycopy(value, offset, bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            long wanted = Math.max((long) size + more, Math.min(bytes.length * 2L, bytes.length + (16L << 20)));
            if (wanted > Integer.MAX_VALUE - 8) {
                throw new UnfitValueException("a row of more than 2 GiB, beyond what COPY takes");
            }
            bytes = Arrays.copyOf(bytes, (int) wanted);
        }
    }
}
