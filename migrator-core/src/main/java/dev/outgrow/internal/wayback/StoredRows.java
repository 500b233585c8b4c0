package dev.outgrow.internal.wayback;

import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowRange;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.Rows;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.validate.internal.RowStream;
import dev.outgrow.validate.internal.change.RowReading;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The rows of the backup as the run read them when it copied them, from the pages. They tell what has changed since; a row that has not
 * stays byte for byte what it is, and one that has is read through SQLite once it was written.
 */
final class StoredRows implements RowReading {
    private final Snapshot backup;
    private final Catalog catalog;

    StoredRows(Snapshot backup, Catalog catalog) {
        this.backup = backup;
        this.catalog = catalog;
    }

    @Override
    public Optional<RowStream> open(
            Connection connection, String table, List<String> columns, OptionalLong from, OptionalLong to) {
        Optional<SqliteTable> source =
                catalog.table(table).filter(found -> found.name().equals(table));
        boolean bounded = from.isEmpty() || from.getAsLong() > Long.MIN_VALUE;
        boolean ending = to.isEmpty() || to.getAsLong() > Long.MIN_VALUE;
        if (source.isEmpty() || !bounded || !ending || !hasAll(source.get(), columns)) {
            return Optional.empty();
        }
        RowRange range = new RowRange(
                from.isPresent() ? List.of(from.getAsLong() - 1) : List.of(),
                to.isPresent() ? List.of(to.getAsLong() - 1) : List.of());
        return backup.pages(connection, TextEncoding.of(connection))
                .flatMap(pages -> opened(pages, RowQuery.rangeWithRowid(source.get(), columns, range)));
    }

    private static boolean hasAll(SqliteTable table, List<String> columns) {
        return columns.stream()
                .allMatch(name -> table.columns().stream()
                        .anyMatch(column -> column.name().equals(name)));
    }

    private static Optional<RowStream> opened(RowSource pages, RowQuery query) {
        Optional<Rows> rows = pages.openPages(query);
        if (rows.isEmpty()) {
            pages.closePages();
        }
        return rows.map(found -> new Stream(pages, found));
    }

    /** Does not close the connection, which others go on using. */
    private record Stream(RowSource pages, Rows rows) implements RowStream {
        @Override
        public ValueSlot[] slots() {
            return rows.slots();
        }

        @Override
        public boolean next() {
            return rows.next();
        }

        @Override
        public void close() {
            rows.close();
            pages.closePages();
        }
    }
}
