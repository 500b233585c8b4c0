package dev.outgrow.internal.sqlite.census;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.outgrow.internal.sqlite.read.RowidRange;
import dev.outgrow.typemap.ColumnCensus;
import java.util.List;
import java.util.Map;

/**
 * What the census found in one table.
 *
 * @param rows its rows
 * @param bytes about how many bytes its values hold
 * @param columns the census of each column, by name
 * @param ranges ranges of its rowids that hold about the same bytes each and together every row; empty where its rows have
 *     no rowid that SQL can name
 */
public record TableCensus(long rows, long bytes, Map<String, ColumnCensus> columns, List<RowidRange> ranges) {
    public TableCensus {
        columns = ImmutableMap.copyOf(columns);
        ranges = ImmutableList.copyOf(ranges);
    }

    /** The census of a column of the table. */
    public ColumnCensus column(String name) {
        ColumnCensus census = columns.get(name);
        if (census == null) {
            throw new IllegalArgumentException("no census of column " + name);
        }
        return census;
    }
}
