package dev.outgrow.internal.sqlite.census;

import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.KeyText;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowReader;
import dev.outgrow.internal.sqlite.read.RowidRange;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import dev.outgrow.typemap.internal.census.RowKey;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Counts one table: every value once, in memory that does not grow with the table. Not safe for concurrent use. */
public final class CensusTaker {
    /** A range is closed after so many bytes: enough for a COPY to run well, little enough to lose when one is cut off. */
    private static final long RANGE_BYTES = 24L << 20;

    private static final int REPORT_EVERY = 4096;

    /** Is told of rows gone by. */
    @FunctionalInterface
    public interface Listener {
        void counted(String table, long rows, long bytes);
    }

    private final Connection connection;
    private final TextEncoding encoding;
    private final Listener listener;

    public CensusTaker(Connection connection, TextEncoding encoding, Listener listener) {
        this.connection = connection;
        this.encoding = encoding;
        this.listener = listener;
    }

    /** The columns of a table that are read and copied: all but the hidden ones of a virtual table. */
    public static List<SqliteColumn> columns(SqliteTable table) {
        return table.columns().stream().filter(column -> !column.hidden()).toList();
    }

    /**
     * Counts every column.
     *
     * @param counters makes the counter of a column
     */
    public TableCensus count(SqliteTable table, Function<SourceColumn, ColumnCounter> counters) {
        List<SqliteColumn> columns = columns(table);
        List<String> names = columns.stream().map(SqliteColumn::name).toList();
        int rowid = rowidSlot(table, names);
        RowQuery query = rowid == names.size() ? RowQuery.allWithRowid(table, names) : RowQuery.all(table, names);
        try (RowReader reader = RowReader.open(connection, query, encoding)) {
            ValueSlot[] slots = reader.slots();
            KeyText key = KeyText.of(table, names, slots);
            RowKey rowKey = key::text;
            ColumnCounter[] each = columns.stream()
                    .map(column -> counters.apply(column.source()))
                    .toArray(ColumnCounter[]::new);
            List<RowidRange> ranges = new ArrayList<>();
            long rangeFirst = Long.MIN_VALUE;
            long rows = 0;
            long bytes = 0;
            long rangeBytes = 0;
            long reported = 0;
            long reportedBytes = 0;
            while (reader.next()) {
                rows++;
                long rowBytes = 0;
                for (int i = 0; i < each.length; i++) {
                    ValueSlot slot = slots[i];
                    each[i].accept(slot, rowKey);
                    rowBytes += 8 + slot.bytes().length;
                }
                bytes += rowBytes;
                rangeBytes += rowBytes;
                if (rangeBytes >= RANGE_BYTES && rowid >= 0) {
                    long last = slots[rowid].integer();
                    ranges.add(new RowidRange(rangeFirst, last));
                    rangeFirst = last + 1;
                    rangeBytes = 0;
                    if (last == Long.MAX_VALUE) {
                        rowid = -1;
                    }
                }
                if (rows - reported == REPORT_EVERY) {
                    listener.counted(table.name(), rows - reported, bytes - reportedBytes);
                    reported = rows;
                    reportedBytes = bytes;
                }
            }
            listener.counted(table.name(), rows - reported, bytes - reportedBytes);
            if (rowid >= 0) {
                ranges.add(new RowidRange(rangeFirst, Long.MAX_VALUE));
            }
            return new TableCensus(rows, bytes, results(columns, each), ranges);
        }
    }

    /**
     * Counts some columns once more.
     *
     * @param first what the first pass found
     * @param counters the counters of these columns, by their names
     */
    public TableCensus recount(SqliteTable table, TableCensus first, Map<String, ColumnCounter> counters) {
        List<String> names = new ArrayList<>(counters.keySet());
        table.primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of()).stream()
                .filter(column -> !names.contains(column))
                .forEach(names::add);
        boolean rowid = table.primaryKey().isEmpty()
                && RowidRange.rowidName(table).isPresent()
                && !table.sql().isEmpty();
        RowQuery query = rowid ? RowQuery.allWithRowid(table, names) : RowQuery.all(table, names);
        ColumnCounter[] each = counters.values().toArray(ColumnCounter[]::new);
        try (RowReader reader = RowReader.open(connection, query, encoding)) {
            ValueSlot[] slots = reader.slots();
            KeyText key = KeyText.of(table, names, slots);
            RowKey rowKey = key::text;
            while (reader.next()) {
                for (int i = 0; i < each.length; i++) {
                    each[i].accept(slots[i], rowKey);
                }
            }
        }
        Map<String, ColumnCensus> columns = new LinkedHashMap<>(first.columns());
        counters.forEach((name, counter) -> columns.put(name, counter.result()));
        return new TableCensus(first.rows(), first.bytes(), columns, first.ranges());
    }

    /** Which slot holds the rowid: a column that is its alias, one read besides, or none (-1). */
    private static int rowidSlot(SqliteTable table, List<String> names) {
        if (table.rowidAlias().isPresent()) {
            return names.indexOf(table.rowidAlias().get().name());
        }
        boolean virtual = table.sql().isEmpty();
        return virtual || RowidRange.rowidName(table).isEmpty() ? -1 : names.size();
    }

    private static Map<String, ColumnCensus> results(List<SqliteColumn> columns, ColumnCounter[] counters) {
        Map<String, ColumnCensus> results = new LinkedHashMap<>();
        for (int i = 0; i < counters.length; i++) {
            results.put(columns.get(i).name(), counters[i].result());
        }
        return results;
    }
}
