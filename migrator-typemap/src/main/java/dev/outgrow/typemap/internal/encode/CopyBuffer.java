package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The buffer for binary COPY: it grows to the size of the largest row, and the sender empties it. Big-endian, as
 * PostgreSQL's "Binary Format" of COPY says. Not safe for concurrent use.
 */
public final class CopyBuffer {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** From this size on, sending a value directly costs less than copying it. */
    private static final int LARGE = 256 << 10;

    private final boolean setsAside;
    private byte @Nullable [] aside;
    private byte[] bytes;
    private int size;
    /** How many fields have begun and not ended: their content must stay. */
    private int open;

    /** A buffer that keeps everything. */
    public CopyBuffer(int capacity) {
        this(capacity, false);
    }

    /**
     * A buffer.
     *
     * @param setsAside whether the bytes of a large field are set aside rather than copied, for {@link #takeAside}
     */
    public CopyBuffer(int capacity, boolean setsAside) {
        this.bytes = new byte[capacity];
        this.setsAside = setsAside;
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
        open = 0;
        aside = null;
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

    /** Begins a field whose length is known once its parts are added; returns its position, for {@link #endField}. */
    public int beginField() {
        open++;
        putInt(0);
        return size - 4;
    }

    /** Ends the field that began there. */
    public void endField(int start) {
        INT.set(bytes, start, size - start - 4);
        open--;
    }

    public void putLong(long value) {
        reserve(8);
        LONG.set(bytes, size, value);
        size += 8;
    }

    /** A whole field: length, then the bytes, unless these are set aside. */
    public void putField(byte[] value) {
        putField(value, 0, value.length);
    }

    /** The same for a part of an array, which is never set aside: the array may be reused for reading. */
    public void putField(byte[] value, int start, int end) {
        putInt(end - start);
        if (setsAside && open == 0 && end - start >= LARGE && end - start == value.length) {
            aside = value;
        } else {
            putBytes(value, start, end - start);
        }
    }

    /** Returns, once, the bytes that follow everything added so far; null if the last field set none aside. */
    public byte @Nullable [] takeAside() {
        byte[] value = aside;
        aside = null;
        return value;
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
                throw new UnfitValueException(Misfit.Kind.BEYOND_COPY);
            }
            bytes = Arrays.copyOf(bytes, (int) wanted);
        }
    }
}
