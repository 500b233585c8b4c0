package dev.outgrow.validate.internal;

import dev.outgrow.validate.Difference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds out what happened to the rows of the differing buckets: which have another value, and in which column. */
final class RowMatching {
    /** Comparing each row with each other row costs the product; beyond this limit only whole rows are reported. */
    private static final long MOST_PAIRS = 250_000;

    private final TableFindings tally;
    private final boolean keyed;
    private final List<RowMark> source;
    private final List<RowMark> target;

    RowMatching(TableFindings tally, boolean keyed, List<RowMark> source, List<RowMark> target) {
        this.tally = tally;
        this.keyed = keyed;
        this.source = new ArrayList<>(source);
        this.target = new ArrayList<>(target);
    }

    void report() {
        removeEqual();
        if (keyed) {
            matchByKey();
        } else {
            matchByLikeness();
        }
        for (RowMark row : source) {
            tally.differs(row.place(), Difference.Kind.ROW_MISSING);
        }
        for (RowMark row : target) {
            if (keyed) {
                tally.onlyInTarget(row.place());
            } else {
                tally.differs(row.place(), Difference.Kind.ROW_ADDED);
            }
        }
    }

    /** Removes the rows that both have, as often as both have them. */
    private void removeEqual() {
        source.sort(RowMark.BY_DIGEST);
        target.sort(RowMark.BY_DIGEST);
        List<RowMark> onlySource = new ArrayList<>();
        List<RowMark> onlyTarget = new ArrayList<>();
        int s = 0;
        int t = 0;
        while (s < source.size() || t < target.size()) {
            int order = t == target.size()
                    ? -1
                    : s == source.size() ? 1 : RowMark.BY_DIGEST.compare(source.get(s), target.get(t));
            if (order < 0) {
                onlySource.add(source.get(s++));
            } else if (order > 0) {
                onlyTarget.add(target.get(t++));
            } else {
                s++;
                t++;
            }
        }
        replace(source, onlySource);
        replace(target, onlyTarget);
    }

    private void matchByKey() {
        Map<Long, Deque<RowMark>> byKey = new HashMap<>();
        target.forEach(row ->
                byKey.computeIfAbsent(row.key(), key -> new ArrayDeque<>()).add(row));
        List<RowMark> missing = new ArrayList<>();
        for (RowMark row : source) {
            Deque<RowMark> candidates = byKey.get(row.key());
            RowMark match = candidates == null ? null : candidates.poll();
            if (match == null) {
                missing.add(row);
            } else {
                reportColumns(row, match);
            }
        }
        List<RowMark> added = new ArrayList<>();
        byKey.values().forEach(added::addAll);
        replace(source, missing);
        replace(target, added);
    }

    /** Pairs each row with the one that has the most values in common, at least half of them. */
    private void matchByLikeness() {
        if (source.size() == 1 && target.size() == 1) {
            reportColumns(source.remove(0), target.remove(0));
            return;
        }
        if ((long) source.size() * target.size() > MOST_PAIRS) {
            return;
        }
        List<RowMark> missing = new ArrayList<>();
        for (RowMark row : source) {
            int best = -1;
            int bestLikeness = Math.max(1, (row.columns() + 1) / 2) - 1;
            for (int i = 0; i < target.size(); i++) {
                int likeness = row.likeness(target.get(i));
                if (likeness > bestLikeness) {
                    best = i;
                    bestLikeness = likeness;
                }
            }
            if (best < 0) {
                missing.add(row);
            } else {
                reportColumns(row, target.remove(best));
            }
        }
        replace(source, missing);
    }

    private void reportColumns(RowMark row, RowMark match) {
        for (int i = 0; i < row.columns(); i++) {
            long before = row.column(i);
            long after = match.column(i);
            if (before != after) {
                tally.differs(
                        row.place(),
                        i,
                        after == RowDigest.NULL
                                ? Difference.Kind.NULL_IN_TARGET
                                : before == RowDigest.NULL ? Difference.Kind.NULL_IN_SOURCE : Difference.Kind.VALUE);
            }
        }
    }

    private static void replace(List<RowMark> list, List<RowMark> content) {
        list.clear();
        list.addAll(content);
    }
}
