package dev.outgrow.internal.proof;

import dev.outgrow.typemap.Evidence;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of two queries as multisets, in bounded memory and regardless of order: a first pass over both adds
 * up digests in buckets, a second one examines the rows of the buckets that differ. Not safe for concurrent use.
 */
final class MultisetProof {
    private static final int BUCKETS = 4096;
    private static final int MAX_ROWS = 50_000;

    private final RowsQuery source;
    private final RowsQuery target;
    private final int keys;
    private final boolean nearIsEqual;
    private final TimeLimit limit;

    /**
     * A comparison.
     *
     * @param source the rows of SQLite
     * @param target the rows of PostgreSQL
     * @param keys how many columns at the beginning are the key
     * @param nearIsEqual whether numbers with a fraction may differ in their last digits
     * @param limit the time for it
     */
    MultisetProof(RowsQuery source, RowsQuery target, int keys, boolean nearIsEqual, TimeLimit limit) {
        this.source = source;
        this.target = target;
        this.keys = keys;
        this.nearIsEqual = nearIsEqual;
        this.limit = limit;
    }

    /** Sums of digests by bucket. */
    private static final class Buckets {
        private final long[] sums = new long[BUCKETS];
        private final long[] counts = new long[BUCKETS];
        private long rows;

        private void add(int bucket, long digest) {
            sums[bucket] += digest;
            counts[bucket]++;
            rows++;
        }
    }

    /** The rows that agree in everything except numbers with a fraction. */
    private static final class Group {
        private final String key;
        private final List<@Nullable Object[]> fractionsOfSource = new ArrayList<>();
        private final List<@Nullable Object[]> fractionsOfTarget = new ArrayList<>();
        private long surplus;

        private Group(String key) {
            this.key = key;
        }
    }

    Finding compare() throws SQLException, InterruptedException {
        Buckets left = buckets(source);
        Buckets right = buckets(target);
        BitSet unlike = new BitSet(BUCKETS);
        long rowsThere = 0;
        for (int i = 0; i < BUCKETS; i++) {
            if (left.sums[i] != right.sums[i] || left.counts[i] != right.counts[i]) {
                unlike.set(i);
                rowsThere += left.counts[i] + right.counts[i];
            }
        }
        if (unlike.isEmpty()) {
            return Finding.agrees(left.rows);
        }
        if (rowsThere > MAX_ROWS) {
            return disagreement(left.rows, right.rows, Math.max(1, Math.abs(left.rows - right.rows)), List.of());
        }
        return closer(unlike, rowsThere, left.rows, right.rows);
    }

    private static Finding disagreement(long left, long right, long differing, List<String> keys) {
        return new Finding(Finding.Outcome.DISAGREES, left, right, differing, keys, "");
    }

    private Buckets buckets(RowsQuery query) throws SQLException, InterruptedException {
        Buckets buckets = new Buckets();
        RowHash hash = new RowHash(query.columns(), keys);
        query.forEach(limit, row -> {
            hash.of(row);
            buckets.add(bucket(hash), hash.whole());
        });
        return buckets;
    }

    /** Rows that may be equal are in one bucket. */
    private static int bucket(RowHash hash) {
        return (int) (hash.exact() & (BUCKETS - 1));
    }

    private Finding closer(BitSet unlike, long rowsThere, long sourceRows, long targetRows)
            throws SQLException, InterruptedException {
        Map<Long, Group> groups = new HashMap<>();
        for (RowsQuery query : List.of(source, target)) {
            RowHash hash = new RowHash(query.columns(), keys);
            query.forEach(limit, row -> {
                hash.of(row);
                if (unlike.get(bucket(hash))) {
                    Group group = groups.computeIfAbsent(hash.exact(), digest -> new Group(key(row)));
                    group.surplus += query.source() ? 1 : -1;
                    (query.source() ? group.fractionsOfSource : group.fractionsOfTarget).add(fractions(row));
                }
            });
        }
        long rowsAgain = groups.values().stream()
                .mapToLong(group -> group.fractionsOfSource.size() + group.fractionsOfTarget.size())
                .sum();
        if (rowsAgain != rowsThere) {
            return Finding.failed("it gives other rows each time");
        }
        long differing = 0;
        List<String> keysOfThem = new ArrayList<>();
        for (Group group : groups.values()) {
            long unmatched = Math.abs(group.surplus)
                    + (group.surplus == 0 ? unmatched(group.fractionsOfSource, group.fractionsOfTarget) : 0);
            differing += unmatched;
            if (unmatched > 0
                    && !group.key.isEmpty()
                    && keysOfThem.size() < Evidence.MOST_KEYS
                    && !keysOfThem.contains(group.key)) {
                keysOfThem.add(group.key);
            }
        }
        return differing == 0
                ? Finding.agrees(sourceRows)
                : disagreement(sourceRows, targetRows, differing, keysOfThem);
    }

    private long unmatched(List<@Nullable Object[]> left, List<@Nullable Object[]> right) {
        left.sort(MultisetProof::order);
        right.sort(MultisetProof::order);
        long unmatched = 0;
        for (int i = 0; i < left.size(); i++) {
            for (int column = 0; column < left.get(i).length; column++) {
                Object one = left.get(i)[column];
                Object other = right.get(i)[column];
                boolean equal = nearIsEqual ? Canonical.isNear(one, other) : Objects.equals(one, other);
                if (!equal) {
                    unmatched++;
                    break;
                }
            }
        }
        return unmatched;
    }

    private static int order(@Nullable Object[] left, @Nullable Object[] right) {
        for (int i = 0; i < left.length; i++) {
            int order = Double.compare(rank(left[i]), rank(right[i]));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static double rank(@Nullable Object number) {
        return number instanceof Number value ? value.doubleValue() : Double.NEGATIVE_INFINITY;
    }

    private @Nullable Object[] fractions(@Nullable Object[] row) {
        List<@Nullable Object> fractions = new ArrayList<>();
        for (int i = keys; i < row.length; i++) {
            if (source.columns().get(i).isFractional()) {
                fractions.add(row[i]);
            }
        }
        return fractions.toArray();
    }

    private String key(@Nullable Object[] row) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < keys; i++) {
            key.append(i == 0 ? "" : ", ")
                    .append(source.columns().get(i).label())
                    .append('=')
                    .append(row[i]);
        }
        return key.toString();
    }
}
