package dev.outgrow.internal.sqlite.census;

import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.KeyText;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowRange;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.Rowid;
import dev.outgrow.internal.sqlite.read.Rows;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import dev.outgrow.typemap.internal.census.RowKey;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Takes the census of rows of one table: looks at every value once, in constant memory. Not safe for concurrent use.
 */
public final class CensusTaker {
    private static final int REPORT_EVERY = 4096;

    /** Is told of rows gone by. */
    @FunctionalInterface
    public interface Listener {
        void counted(String table, long rows, long bytes);
    }

    private final RowSource source;
    private final Listener listener;
    private final long mostRowBytes;

    public CensusTaker(RowSource source, Listener listener) {
        this(source, listener, ColumnCounter.FIELD_LIMIT);
    }

    public CensusTaker(RowSource source, Listener listener, long mostRowBytes) {
        this.source = source;
        this.listener = listener;
        this.mostRowBytes = mostRowBytes;
    }

    /** The columns of a table that are read and copied: all but the hidden ones of a virtual table. */
    public static List<SqliteColumn> columns(SqliteTable table) {
        List<SqliteColumn> columns = new ArrayList<>();
        for (SqliteColumn column : table.columns()) {
            if (!column.hidden()) {
                columns.add(column);
            }
        }
        return columns;
    }

    private static List<String> names(List<SqliteColumn> columns) {
        List<String> names = new ArrayList<>();
        for (SqliteColumn column : columns) {
            names.add(column.name());
        }
        return names;
    }

    /**
     * Counts every column in some rows of a table.
     *
     * @param range the rows
     * @param counters makes the counter of a column
     */
    public TableCensus count(SqliteTable table, RowRange range, Function<SourceColumn, ColumnCounter> counters) {
        List<SqliteColumn> columns = columns(table);
        List<String> names = names(columns);
        int[] keySlots = keySlots(table, names);
        boolean rowid = keySlots.length == 1 && keySlots[0] == names.size();
        ColumnCounter[] each = new ColumnCounter[columns.size()];
        for (int i = 0; i < each.length; i++) {
            each[i] = counters.apply(columns.get(i).source());
        }
        RowQuery query = query(table, names, rowid, range, each);
        try (Rows reader = source.open(query)) {
            ValueSlot[] slots = reader.slots();
            KeyText key = KeyText.of(table, names, slots);
            RowKey rowKey = key::text;
            PartCutter cutter = new PartCutter(range, slots, keySlots);
            long rows = 0;
            long bytes = 0;
            long reported = 0;
            long reportedBytes = 0;
            while (reader.next()) {
                rows++;
                long rowBytes = row(each, slots, rowKey);
                bytes += rowBytes;
                cutter.row(rowBytes);
                if (rows - reported == REPORT_EVERY) {
                    listener.counted(table.name(), rows - reported, bytes - reportedBytes);
                    reported = rows;
                    reportedBytes = bytes;
                }
            }
            listener.counted(table.name(), rows - reported, bytes - reportedBytes);
            return new TableCensus(rows, bytes, results(columns, each), cutter.parts(), Map.of());
        }
    }

    /**
     * Counts a row, and returns its bytes. A method of its own, so that it is compiled once: the loop over the rows is
     * compiled again whenever another kind of value turns up.
     */
    private static long row(ColumnCounter[] each, ValueSlot[] slots, RowKey key) {
        long bytes = 0;
        for (int i = 0; i < each.length; i++) {
            ValueSlot slot = slots[i];
            each[i].accept(slot, key);
            bytes += 8 + slot.length();
        }
        return bytes;
    }

    /**
     * Counts some columns once more in some rows of a table.
     *
     * @param range the rows
     * @param counters the counters of these columns, by their names
     */
    public Map<String, ColumnCensus> recount(SqliteTable table, RowRange range, Map<String, ColumnCounter> counters) {
        List<String> names = new ArrayList<>(counters.keySet());
        if (table.primaryKey().isPresent()) {
            for (String column : table.primaryKey().get().columns()) {
                if (!names.contains(column)) {
                    names.add(column);
                }
            }
        }
        boolean rowid = table.primaryKey().isEmpty()
                && Rowid.nameIn(table).isPresent()
                && !table.sql().isEmpty();
        ColumnCounter[] each = counters.values().toArray(new ColumnCounter[0]);
        RowQuery query = query(table, names, rowid, range, each);
        try (Rows reader = source.open(query)) {
            ValueSlot[] slots = reader.slots();
            KeyText key = KeyText.of(table, names, slots);
            RowKey rowKey = key::text;
            while (reader.next()) {
                for (int i = 0; i < each.length; i++) {
                    each[i].accept(slots[i], rowKey);
                }
            }
        }
        Map<String, ColumnCensus> columns = new LinkedHashMap<>();
        for (Map.Entry<String, ColumnCounter> counter : counters.entrySet()) {
            columns.put(counter.getKey(), counter.getValue().result());
        }
        return columns;
    }

    /** The rows of the range, without those that are too large for PostgreSQL if there are any. */
    private RowQuery query(
            SqliteTable table, List<String> names, boolean withRowid, RowRange range, ColumnCounter[] counters) {
        List<String> all = names(columns(table));
        long mostBytes = mostRowBytes - 64L * all.size();
        Map<String, ColumnCounter> counted = new LinkedHashMap<>();
        for (int i = 0; i < counters.length; i++) {
            counted.put(names.get(i), counters[i]);
        }
        if (!table.sql().isEmpty()
                && new LargeRows(source.connection(), source.encoding(), mostBytes).count(table, all, range, counted)) {
            return RowQuery.within(table, names, withRowid, range, all, source.encoding(), mostBytes);
        }
        return withRowid ? RowQuery.rangeWithRowid(table, names, range) : RowQuery.range(table, names, range);
    }

    /** Which slots hold the key: a column that is the rowid's alias, the rowid read besides, a primary key, or none. */
    private static int[] keySlots(SqliteTable table, List<String> names) {
        if (table.rowidAlias().isPresent()) {
            return new int[] {names.indexOf(table.rowidAlias().get().name())};
        }
        boolean virtual = table.sql().isEmpty();
        if (virtual || table.withoutRowid()) {
            return virtual ? new int[0] : PartCutter.primaryKey(table, names);
        }
        return Rowid.nameIn(table).isPresent() ? new int[] {names.size()} : new int[0];
    }

    private static Map<String, ColumnCensus> results(List<SqliteColumn> columns, ColumnCounter[] counters) {
        Map<String, ColumnCensus> results = new LinkedHashMap<>();
        for (int i = 0; i < counters.length; i++) {
            results.put(columns.get(i).name(), counters[i].result());
        }
        return results;
    }
}
