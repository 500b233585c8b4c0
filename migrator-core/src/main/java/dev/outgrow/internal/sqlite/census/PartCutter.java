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

/** Cuts the rows of a pass into parts of about equal bytes. For one pass. */
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
     * @param range the rows of the pass
     * @param slots of the row
     * @param key the positions of its key among them; empty if the rows cannot be cut
     */
    PartCutter(RowRange range, ValueSlot[] slots, int[] key) {
        this.after = range.after();
        this.end = range.upTo();
        this.slots = slots;
        this.key = key;
    }

    /**
     * The positions of a WITHOUT ROWID table's key among its columns; empty if its rows are not in the order in which
     * SQL compares the columns.
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

    /** The application's own collating sequences are not known here, so nothing can be looked up by them. */
    private static boolean isAsCompared(SqliteTable table, SqliteIndex.IndexTerm term) {
        return !term.descending()
                && Collation.named(term.collation()).isPresent()
                && term.column()
                        .flatMap(table::column)
                        .map(column -> Identifiers.same(column.source().collation(), term.collation()))
                        .orElse(false);
    }

    /** Takes note of a row. */
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
                        // It is not valid UTF-8 and could not be bound as it is: the next row will do.
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

    /** The parts, once all rows have been seen: at least one. */
    List<TableCensus.Part> parts() {
        parts.add(new TableCensus.Part(new RowRange(after, end), bytes));
        return parts;
    }
}
