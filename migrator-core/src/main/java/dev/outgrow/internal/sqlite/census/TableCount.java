package dev.outgrow.internal.sqlite.census;

import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.RowRange;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The census of one table in slices, taken by any thread and combined in the order of the rows, so that the result does
 * not depend on who counted what. Different slices may be counted at once.
 */
public final class TableCount {
    private final SqliteTable table;
    private final List<RowRange> slices;
    private final @Nullable TableCensus[] counted;
    private final List<@Nullable Map<String, ColumnCensus>> recounted;

    private TableCount(SqliteTable table, List<RowRange> slices) {
        this.table = table;
        this.slices = slices;
        this.counted = new TableCensus[slices.size()];
        this.recounted = new ArrayList<>(Collections.nCopies(slices.size(), null));
    }

    /**
     * A census to be taken.
     *
     * @param connection a connection to the rows
     */
    public static TableCount of(SqliteTable table, Connection connection) {
        try {
            return new TableCount(table, TableSlices.of(table, connection));
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "reading table " + table.name());
        }
    }

    public SqliteTable table() {
        return table;
    }

    /** How many slices there are to count. */
    public int slices() {
        return slices.size();
    }

    /** The cost of a slice, only for scheduling: what could not be sliced comes first. */
    public int weight() {
        return slices.size() == 1 && table.withoutRowid() ? Integer.MAX_VALUE : slices.size();
    }

    /** Counts every column in a slice. */
    public void count(int slice, CensusTaker taker, Function<SourceColumn, ColumnCounter> counters) {
        TableCensus census = taker.count(table, slices.get(slice), counters);
        synchronized (this) {
            counted[slice] = census;
        }
    }

    /** Counts some columns once more in a slice. */
    public void recount(int slice, CensusTaker taker, Map<String, ColumnCounter> counters) {
        Map<String, ColumnCensus> columns = taker.recount(table, slices.get(slice), counters);
        synchronized (this) {
            recounted.set(slice, columns);
        }
    }

    /** What was found, once all slices are counted. */
    public synchronized TableCensus result() {
        TableCensus result = Arrays.stream(counted)
                .map(Objects::requireNonNull)
                .reduce(TableCensus::plus)
                .orElseThrow();
        return recounted.contains(null) ? result : result.with(sum());
    }

    private Map<String, ColumnCensus> sum() {
        Map<String, ColumnCensus> sum = new LinkedHashMap<>();
        for (Map<String, ColumnCensus> slice : recounted) {
            Objects.requireNonNull(slice).forEach((column, census) -> sum.merge(column, census, ColumnCensus::plus));
        }
        return sum;
    }
}
