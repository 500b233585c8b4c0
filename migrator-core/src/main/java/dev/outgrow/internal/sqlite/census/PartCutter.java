package dev.outgrow.internal.sqlite.census;

import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.read.RowRange;
import dev.outgrow.typemap.internal.rules.Collation;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts the rows that go by into parts of about the same bytes. Belongs to one pass. */
final class PartCutter {
    private final ValueSlot[] slots;
    private final int[] key;
    private final List<Object> end;
    private final List<TableCensus.Part> parts = new ArrayList<>();
    private List<Object> after;
    private long bytes;

    /**
     * A cutter.
     *
     * @param range the rows that go by
     * @param slots of the row
     * @param key where its key is among them; empty where the rows cannot be cut
     */
    PartCutter(RowRange range, ValueSlot[] slots, int[] key) {
        this.after = range.after();
        this.end = range.upTo();
        this.slots = slots;
        this.key = key;
    }

    /**
     * Where the key of a WITHOUT ROWID table is among its columns; empty where its rows do not lie in the order in which SQL
     * compares the columns.
     */
    static int[] primaryKey(SqliteTable table, List<String> columns) {
        List<String> key = table.primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of());
        boolean ordered = table.indexes().stream()
                .filter(index -> index.origin() == SqliteIndex.MadeBy.PRIMARY_KEY)
                .anyMatch(index -> index.terms().size() == key.size()
                        && index.terms().stream().allMatch(term -> isAsCompared(table, term)));
        if (!table.withoutRowid() || !ordered) {
            return new int[0];
        }
        return key.stream().mapToInt(columns::indexOf).toArray();
    }

    /** A collating sequence of the application's own is not known here, so that nothing can be looked up by it. */
    private static boolean isAsCompared(SqliteTable table, SqliteIndex.IndexTerm term) {
        return !term.descending()
                && Collation.named(term.collation()).isPresent()
                && term.column()
                        .flatMap(table::column)
                        .map(column -> Identifiers.same(column.source().collation(), term.collation()))
                        .orElse(false);
    }

    /** A row went by. */
    void row(long rowBytes) {
        bytes += rowBytes;
        if (bytes >= TableCensus.PART_BYTES && key.length > 0) {
            cut();
        }
    }

    private void cut() {
        List<Object> last = new ArrayList<>();
        for (int column : key) {
            ValueSlot slot = slots[column];
            switch (slot.storageClass()) {
                case INTEGER -> last.add(slot.integer());
                case REAL -> last.add(slot.real());
                case BLOB -> last.add(slot.bytes());
                case TEXT -> {
                    String text = new String(slot.bytes(), StandardCharsets.UTF_8);
                    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), slot.bytes())) {
                        // Not UTF-8, so that it could not be bound as it is: the next row will do.
                        return;
                    }
                    last.add(text);
                }
                case NULL -> {
                    return;
                }
            }
        }
        if (!last.equals(end)) {
            parts.add(new TableCensus.Part(new RowRange(after, last), bytes));
            after = last;
            bytes = 0;
        }
    }

    /** The parts, once all rows went by: at least one. */
    List<TableCensus.Part> parts() {
        parts.add(new TableCensus.Part(new RowRange(after, end), bytes));
        return parts;
    }
}
