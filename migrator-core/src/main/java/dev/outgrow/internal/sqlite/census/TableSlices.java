package dev.outgrow.internal.sqlite.census;

import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.RowRange;
import dev.outgrow.internal.sqlite.read.Rowid;
import dev.outgrow.internal.sqlite.read.SqliteName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Slices of a table that several threads can count at once: equal distances between rowids, refined where most rowids
 * are close together and a few are far away. They depend only on the rows.
 */
final class TableSlices {
    private static final int SLICES = 16;
    private static final int MOST_ROUNDS = 8;

    /** Rowids closer than this do not have enough rows between them to share. */
    private static final long SMALL = 1024;

    /** A run of rowids: the first and the last of it exist in the table. */
    private record Span(long first, long last) {
        boolean isOne() {
            return first == last;
        }
    }

    private TableSlices() {}

    /** The slices, which together hold every row once; one that holds all if there is nothing to share. */
    static List<RowRange> of(SqliteTable table, Connection connection) throws SQLException {
        Optional<String> rowid = table.sql().isEmpty() ? Optional.empty() : Rowid.nameIn(table);
        if (rowid.isEmpty()) {
            return List.of(RowRange.ALL);
        }
        String name = "r." + rowid.get();
        String from = " FROM main." + SqliteName.quote(table.name()) + " AS r WHERE " + name + " BETWEEN ?1 AND ?2";
        try (PreparedStatement ends = connection.prepareStatement(
                "SELECT (SELECT min(" + name + ")" + from + "), (SELECT max(" + name + ")" + from + ")")) {
            Optional<Span> all = occupied(ends, Long.MIN_VALUE, Long.MAX_VALUE);
            boolean small = all.isEmpty()
                    || Long.compareUnsigned(all.get().last() - all.get().first(), SMALL) < 0;
            return small ? List.of(RowRange.ALL) : between(spans(ends, all.get()));
        }
    }

    private static List<Span> spans(PreparedStatement ends, Span all) throws SQLException {
        List<Span> spans = List.of(all);
        for (int round = 0; round < MOST_ROUNDS && spans.size() < SLICES / 2; round++) {
            List<Span> finer = new ArrayList<>();
            for (Span span : spans) {
                split(ends, span, SLICES / spans.size(), finer);
            }
            spans = finer;
        }
        return spans;
    }

    private static void split(PreparedStatement ends, Span span, int pieces, List<Span> into) throws SQLException {
        if (span.isOne()) {
            into.add(span);
            return;
        }
        // Unsigned: the rowids of one table can be farther apart than a long counts.
        long width = span.last() - span.first();
        long step = Long.divideUnsigned(width, pieces) + 1;
        for (long at = 0; Long.compareUnsigned(at, width) <= 0; at += step) {
            long end = Long.compareUnsigned(width - at, step) < 0 ? width : at + step - 1;
            occupied(ends, span.first() + at, span.first() + end).ifPresent(into::add);
            if (end == width) {
                return;
            }
        }
    }

    private static Optional<Span> occupied(PreparedStatement ends, long first, long last) throws SQLException {
        ends.setLong(1, first);
        ends.setLong(2, last);
        try (ResultSet row = ends.executeQuery()) {
            row.next();
            long least = row.getLong(1);
            return row.wasNull() ? Optional.empty() : Optional.of(new Span(least, row.getLong(2)));
        }
    }

    private static List<RowRange> between(List<Span> spans) {
        List<RowRange> slices = new ArrayList<>();
        List<Object> after = List.of();
        for (Span span : spans.subList(0, spans.size() - 1)) {
            List<Object> upTo = List.of(span.last());
            slices.add(new RowRange(after, upTo));
            after = upTo;
        }
        slices.add(new RowRange(after, List.of()));
        return slices;
    }
}
