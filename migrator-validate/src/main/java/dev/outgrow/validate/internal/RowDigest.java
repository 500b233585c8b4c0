package dev.outgrow.validate.internal;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The digest of one row in SQLite's terms, of 128 bits, with those of its columns and of its key. Two values have the
 * same digest if storage class and bits are the same. Overwritten by the next row; for one thread.
 */
public final class RowDigest {
    /** What {@link #column} returns for NULL and, given the width of the digest, for nothing else. */
    static final long NULL = 0x4e554c4c4e554c4cL;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final long SILVER = 0xd1b54a32d192ed03L;

    private final int[] keyIndexes;
    private final long[] columns;
    private final long[] others;
    private long low;
    private long high;
    private long key;

    public RowDigest(int columns, List<Integer> keyIndexes) {
        this.columns = new long[columns];
        this.others = new long[columns];
        this.keyIndexes = keyIndexes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Takes the value of a column; the row is digested once all have been taken. */
    public void take(int column, ValueSlot value) {
        StorageClass storageClass = value.storageClass();
        switch (storageClass) {
            case NULL -> {
                columns[column] = NULL;
                others[column] = NULL;
            }
            case INTEGER -> number(column, value.integer(), GOLDEN);
            case REAL -> number(column, Double.doubleToRawLongBits(value.real()), SILVER);
            case TEXT, BLOB -> {
                bytes(column, value.bytes(), storageClass == StorageClass.TEXT ? ~GOLDEN : ~SILVER);
            }
        }
    }

    private void number(int column, long bits, long salt) {
        columns[column] = mixed(bits + salt);
        others[column] = mixed((Long.rotateLeft(bits, 32) ^ salt) * GOLDEN);
    }

    /** Each step is a bijection of the state, so that bytes that differ in one place never have one digest. */
    private void bytes(int column, byte[] bytes, long salt) {
        long one = salt ^ bytes.length;
        long other = salt + bytes.length;
        int i = 0;
        for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
            long word = (long) WORDS.get(bytes, i);
            one = (one ^ word) * GOLDEN;
            one ^= one >>> 32;
            other = Long.rotateLeft(other + word * SILVER, 29) * GOLDEN;
        }
        long rest = 0;
        for (; i < bytes.length; i++) {
            rest = (rest << Byte.SIZE) | (bytes[i] & 0xff);
        }
        columns[column] = mixed(one ^ rest);
        others[column] = mixed(other + rest * SILVER);
    }

    /** Digests the row of which all columns have been taken. */
    public void finish() {
        low = GOLDEN;
        high = SILVER;
        for (int i = 0; i < columns.length; i++) {
            low = mixed(low * 31 + columns[i]);
            high = mixed(high * 37 + others[i]);
        }
        key = keyIndexes.length == 0 ? low : GOLDEN;
        for (int index : keyIndexes) {
            key = mixed(key * 31 + columns[index]);
        }
    }

    /** The finishing function of SplitMix64: every bit depends on every bit. */
    private static long mixed(long value) {
        long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    public long low() {
        return low;
    }

    public long high() {
        return high;
    }

    /** The digest of the key; of a table without one, that of the row. */
    public long key() {
        return key;
    }

    public long column(int index) {
        return columns[index];
    }

    long[] columnsCopy() {
        return columns.clone();
    }
}
