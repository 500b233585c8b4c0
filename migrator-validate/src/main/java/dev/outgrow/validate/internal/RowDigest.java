package dev.outgrow.validate.internal;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.primitives.Longs;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.List;

/**
 * The digest of one row in SQLite's terms, of 128 bits, with those of its columns and of its key. Two values have one digest
 * where storage class and bits are the same. Overwritten by the next row; belongs to one thread.
 */
final class RowDigest {
    /** What {@link #column} gives for NULL, and by the width of the digest for nothing else. */
    static final long NULL = 0x4e554c4c4e554c4cL;

    private static final HashFunction BYTES = Hashing.murmur3_128(0x6f757467);
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final long SILVER = 0xd1b54a32d192ed03L;

    private final int[] keyIndexes;
    private final long[] columns;
    private final long[] others;
    private final byte[] hash = new byte[16];
    private long low;
    private long high;
    private long key;

    RowDigest(int columns, List<Integer> keyIndexes) {
        this.columns = new long[columns];
        this.others = new long[columns];
        this.keyIndexes = keyIndexes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Takes the value of a column; the row is digested once all have been taken. */
    void take(int column, ValueSlot value) {
        StorageClass storageClass = value.storageClass();
        switch (storageClass) {
            case NULL -> {
                columns[column] = NULL;
                others[column] = NULL;
            }
            case INTEGER -> number(column, value.integer(), GOLDEN);
            case REAL -> number(column, Double.doubleToRawLongBits(value.real()), SILVER);
            case TEXT, BLOB -> {
                byte[] bytes = value.bytes();
                BYTES.hashBytes(bytes, 0, bytes.length).writeBytesTo(hash, 0, hash.length);
                long salt = storageClass == StorageClass.TEXT ? GOLDEN : SILVER;
                columns[column] = mixed(eight(0) + salt);
                others[column] = mixed(eight(8) ^ salt);
            }
        }
    }

    private void number(int column, long bits, long salt) {
        columns[column] = mixed(bits + salt);
        others[column] = mixed(Long.rotateLeft(bits, 32) * salt + GOLDEN);
    }

    private long eight(int offset) {
        return Longs.fromBytes(
                hash[offset],
                hash[offset + 1],
                hash[offset + 2],
                hash[offset + 3],
                hash[offset + 4],
                hash[offset + 5],
                hash[offset + 6],
                hash[offset + 7]);
    }

    /** Digests the row of which all columns have been taken. */
    void finish() {
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

    long low() {
        return low;
    }

    long high() {
        return high;
    }

    /** The digest of the key; of a table without one, that of the row. */
    long key() {
        return key;
    }

    long column(int index) {
        return columns[index];
    }

    long[] columnsCopy() {
        return columns.clone();
    }
}
