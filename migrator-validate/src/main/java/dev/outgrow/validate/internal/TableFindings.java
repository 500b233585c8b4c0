package dev.outgrow.validate.internal;

import dev.outgrow.validate.Difference;
import dev.outgrow.validate.TableComparison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found in one table so far, by all threads that compare its parts. Safe for use by several threads. */
final class TableFindings {
    private final TableReading plan;
    private final ValidatorOptions options;
    private final List<Difference> differences = new ArrayList<>();
    private final long[] normalised;
    private long sourceRows;
    private long targetRows;
    private long values;
    private long differenceCount;
    private long writtenSince;
    private long kept;
    private long nanos;
    private volatile boolean stopped;

    TableFindings(TableReading plan, ValidatorOptions options) {
        this.plan = plan;
        this.options = options;
        this.normalised = new long[plan.columns().size()];
    }

    /** Whether enough was found. */
    boolean stopped() {
        return stopped;
    }

    /** Counts what was read. */
    synchronized void read(long moreSourceRows, long moreTargetRows, long moreValues) {
        sourceRows += moreSourceRows;
        targetRows += moreTargetRows;
        values += moreValues;
    }

    synchronized void normalised(long[] more) {
        for (int i = 0; i < more.length; i++) {
            normalised[i] += more[i];
        }
    }

    synchronized void worked(long moreNanos) {
        nanos += moreNanos;
    }

    /** A row that only the target has, according to its key. */
    synchronized void onlyInTarget(String key) {
        if (options.writtenSince()) {
            writtenSince++;
        } else if (kept < plan.table().keptRows()) {
            kept++;
        } else {
            add(key, -1, Difference.Kind.ROW_ADDED, 1);
        }
    }

    void differs(String key, Difference.Kind kind) {
        add(key, -1, kind, 1);
    }

    void differs(String key, int column, Difference.Kind kind) {
        add(key, column, kind, 1);
    }

    /** Differences whose number alone is known. */
    void differ(String where, long count) {
        add(where, -1, Difference.Kind.ROWS_DIFFER, count);
    }

    private synchronized void add(String key, int column, Difference.Kind kind, long count) {
        differenceCount += count;
        if (differences.size() < options.mostDifferences()) {
            differences.add(new Difference(plan.name(), key, column < 0 ? null : plan.columnName(column), kind));
        }
        if (options.stopEarly() && differenceCount >= options.mostDifferences()) {
            stopped = true;
        }
    }

    synchronized TableComparison result() {
        if (!options.writtenSince() && !stopped && kept < plan.table().keptRows()) {
            add(
                    "rows that were to stay",
                    -1,
                    Difference.Kind.ROWS_DIFFER,
                    plan.table().keptRows() - kept);
            kept = plan.table().keptRows();
        }
        Map<String, Long> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < normalised.length; i++) {
            if (normalised[i] > 0) {
                byColumn.put(plan.columnName(i), normalised[i]);
            }
        }
        return new TableComparison(
                plan.name(),
                sourceRows,
                targetRows,
                values,
                byColumn,
                differenceCount,
                differences,
                writtenSince,
                stopped,
                Duration.ofNanos(nanos));
    }
}
