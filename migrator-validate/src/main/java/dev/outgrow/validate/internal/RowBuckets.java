package dev.outgrow.validate.internal;

import java.util.BitSet;

/**
 * A multiset of rows in bounded memory: the rows are distributed into buckets by their keys, and each bucket keeps the
 * number of its rows and the sum of their digests. Equal multisets have equal buckets; if a row is missing, duplicated
 * or different, a bucket shows it, except with a probability of one in 2^128.
 */
public final class RowBuckets {
    private static final int BITS = 14;
    private static final int BUCKETS = 1 << BITS;

    private final long[] counts = new long[BUCKETS];
    private final long[] lows = new long[BUCKETS];
    private final long[] highs = new long[BUCKETS];
    private long rows;

    public static int bucket(RowDigest row) {
        return (int) (row.key() >>> (Long.SIZE - BITS));
    }

    public void add(RowDigest row) {
        int bucket = bucket(row);
        counts[bucket]++;
        lows[bucket] += row.low();
        highs[bucket] += row.high();
        rows++;
    }

    public long rows() {
        return rows;
    }

    long count(int bucket) {
        return counts[bucket];
    }

    /** The buckets in which the two multisets differ. */
    public BitSet differing(RowBuckets other) {
        BitSet result = new BitSet(BUCKETS);
        for (int i = 0; i < BUCKETS; i++) {
            if (counts[i] != other.counts[i] || lows[i] != other.lows[i] || highs[i] != other.highs[i]) {
                result.set(i);
            }
        }
        return result;
    }
}
