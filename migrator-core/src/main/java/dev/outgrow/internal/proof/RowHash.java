package dev.outgrow.internal.proof;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two hashes of 64 bits of a row: of all its values, and of those that must be equal to the last digit. In plain arithmetic, since
 * most views have a few thousand rows, and a general hash function would not have become fast by their end. Not for an adversary.
 * Not safe for concurrent use.
 */
final class RowHash {
    private static final long NULL = 0x2545F4914F6CDD1DL;
    private static final long INTEGER = 0x5851F42D4C957F2DL;
    private static final long REAL = 0x6C62272E07BB0142L;
    private static final long TEXT = 0xCBF29CE484222325L;

    /** The prime of FNV-1a. */
    private static final long STEP = 0x100000001B3L;

    private final boolean[] near;
    private long whole;
    private long exact;

    /**
     * A hash of rows.
     *
     * @param keys how many columns at the beginning must be equal whatever they are
     */
    RowHash(List<ProvedColumn> columns, int keys) {
        near = new boolean[columns.size()];
        for (int i = keys; i < near.length; i++) {
            near[i] = columns.get(i).isFractional();
        }
    }

    /** Takes the next row. */
    void of(@Nullable Object[] row) {
        long all = 0;
        long equal = 0;
        for (int i = 0; i < row.length; i++) {
            long value = of(row[i]);
            all = mixed(all * 31 + value);
            if (!near[i]) {
                equal = mixed(equal * 31 + value);
            }
        }
        whole = all;
        exact = equal;
    }

    /** Of all values. */
    long whole() {
        return whole;
    }

    /** Of the values whose last digits count. */
    long exact() {
        return exact;
    }

    private static long of(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof Long integer) {
            return mixed(INTEGER ^ integer);
        }
        if (value instanceof Double real) {
            return mixed(REAL ^ Double.doubleToLongBits(real));
        }
        String text = value.toString();
        long hash = TEXT ^ text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * STEP;
        }
        return mixed(hash);
    }

    /** The finalizer of MurmurHash3: each bit depends on all. */
    private static long mixed(long bits) {
        long hash = (bits ^ (bits >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return hash ^ (hash >>> 33);
    }
}
