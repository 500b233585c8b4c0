package dev.outgrow.validate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the comparison of one table found. Immutable; made by the library, use the accessors.
 *
 * @param table the table's name in the source
 * @param sourceRows the rows of the source
 * @param targetRows the rows of the target
 * @param valuesCompared how many values were compared; 0 if only rows were counted
 * @param normalised by column of the source: the values that mean the same and are written otherwise, such as an upper-case
 *     UUID; columns without any are not in it
 * @param differenceCount all differences that were found, including those beyond the list; each row counts at least
 *     once
 * @param differences the first of them, in no particular order, at most as many as the caller asked for
 * @param rowsWrittenSince rows that only the target has and that count as written by the app since: 0 unless the
 *     comparison allowed for that
 * @param stoppedEarly whether the comparison ended at the first differences, so that the counts are not of the whole table
 * @param time how long the comparison worked on the table; work of several threads adds up
 */
public record TableComparison(
        String table,
        long sourceRows,
        long targetRows,
        long valuesCompared,
        Map<String, Long> normalised,
        long differenceCount,
        List<Difference> differences,
        long rowsWrittenSince,
        boolean stoppedEarly,
        Duration time) {
    public TableComparison {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(time, "time");
        normalised = ImmutableMap.copyOf(normalised);
        differences = ImmutableList.copyOf(differences);
    }

    /** Whether the target holds what the source holds. */
    public boolean passed() {
        return differenceCount == 0 && !stoppedEarly;
    }

    /** All normalised values together. */
    public long normalisedValues() {
        return normalised.values().stream().mapToLong(Long::longValue).sum();
    }
}
