package dev.outgrow.internal.sqlite.census;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import dev.outgrow.internal.sqlite.read.RowRange;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.StorageClass;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the census found in one table, or in a range of its rows.
 *
 * @param rows its rows
 * @param bytes about how many bytes its values hold
 * @param columns the census of each column, by name
 * @param parts its rows in the order of their keys, cut where enough bytes came together: the same for each census of
 *     the same rows, whoever takes it; one part if they have no key that SQL can name
 * @param first what the first pass found in those columns at which another pass has looked since
 */
public record TableCensus(
        long rows, long bytes, Map<String, ColumnCensus> columns, List<Part> parts, Map<String, ColumnCensus> first) {
    /**
     * The size of a part in bytes: large enough for an efficient COPY, small enough to repeat after an interruption.
     */
    static final long PART_BYTES = 24L << 20;

    /**
     * A part of the rows.
     *
     * @param range which
     * @param bytes about how many bytes their values hold
     */
    public record Part(RowRange range, long bytes) {}

    public TableCensus {
        columns = ImmutableMap.copyOf(columns);
        parts = ImmutableList.copyOf(parts);
        first = ImmutableMap.copyOf(first);
    }

    /** The census of a column of the table. */
    public ColumnCensus column(String name) {
        ColumnCensus census = columns.get(name);
        if (census == null) {
            throw new IllegalArgumentException("no census of column " + name);
        }
        return census;
    }

    /** The storage class of each column in which all values have the same, NULL aside. */
    public Map<String, StorageClass> uniform() {
        ImmutableMap.Builder<String, StorageClass> uniform = ImmutableMap.builder();
        columns.forEach((name, census) -> Arrays.stream(StorageClass.values())
                .filter(one ->
                        one != StorageClass.NULL && census.count(one) > 0 && census.count(one) == census.values())
                .forEach(one -> uniform.put(name, one)));
        return uniform.build();
    }

    /** The columns in which no row has a value. */
    public Set<String> mute() {
        ImmutableSet.Builder<String> mute = ImmutableSet.builder();
        columns.forEach((name, census) -> {
            if (census.values() == 0) {
                mute.add(name);
            }
        });
        return mute.build();
    }

    /** The census of these rows and of the following ones together. */
    TableCensus plus(TableCensus next) {
        Map<String, ColumnCensus> all = new LinkedHashMap<>();
        columns.forEach((name, census) -> all.put(name, census.plus(next.column(name))));
        return new TableCensus(rows + next.rows, bytes + next.bytes, all, joined(parts, next.parts), ImmutableMap.of());
    }

    private static List<Part> joined(List<Part> parts, List<Part> next) {
        Part last = parts.get(parts.size() - 1);
        Part first = next.get(0);
        boolean small = last.bytes() + first.bytes() <= PART_BYTES;
        ImmutableList.Builder<Part> all = ImmutableList.builder();
        all.addAll(small ? parts.subList(0, parts.size() - 1) : parts);
        if (small) {
            RowRange both = new RowRange(last.range().after(), first.range().upTo());
            all.add(new Part(both, last.bytes() + first.bytes()));
        }
        return all.addAll(small ? next.subList(1, next.size()) : next).build();
    }

    /** This census with what another pass found in some columns. */
    public TableCensus with(Map<String, ColumnCensus> again) {
        Map<String, ColumnCensus> all = new LinkedHashMap<>(columns);
        all.putAll(again);
        return new TableCensus(rows, bytes, all, parts, Maps.filterKeys(columns, again::containsKey));
    }
}
