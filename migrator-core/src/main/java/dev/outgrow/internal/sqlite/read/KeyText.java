package dev.outgrow.internal.sqlite.read;

import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/**
 * The key of the current row as messages name it, {@code id=11}: the primary key, else the rowid. Made only if a row
 * must be named. Comparisons name rows in the same form.
 */
public final class KeyText {
    private static final int LONGEST = 60;
    private static final String ROWID = "rowid";

    private final ValueSlot[] slots;
    private final List<Integer> positions;
    private final List<String> names;

    private KeyText(ValueSlot[] slots, List<Integer> positions, List<String> names) {
        this.slots = slots;
        this.positions = positions;
        this.names = names;
    }

    /**
     * The key of the rows of a reader.
     *
     * @param table the table
     * @param columns the columns that are read, in the order of the slots; a slot after them is the rowid
     * @param slots the reader's slots
     */
    public static KeyText of(SqliteTable table, List<String> columns, ValueSlot[] slots) {
        List<Integer> positions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String key : table.primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of())) {
            for (int i = 0; i < columns.size(); i++) {
                if (Identifiers.same(columns.get(i), key)) {
                    positions.add(i);
                    names.add(key);
                }
            }
        }
        if (positions.isEmpty() && slots.length > columns.size()) {
            positions.add(columns.size());
            names.add(table.rowidAlias().map(SqliteColumn::name).orElse(ROWID));
        }
        return new KeyText(slots, List.copyOf(positions), List.copyOf(names));
    }

    /** The key of rows of a table of which nothing but the key is read. */
    public static KeyText ofAll(SqliteTable table, ValueSlot[] slots) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < slots.length; i++) {
            positions.add(i);
        }
        return new KeyText(
                slots,
                positions,
                table.primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of(ROWID)));
    }

    /** The key, with the names of its columns; empty if the rows have none. */
    public String text() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            parts.add(names.get(i) + "=" + text(slots[positions.get(i)]));
        }
        return String.join(", ", parts);
    }

    /** The values of the key alone, for a column that holds nothing else; empty if the rows have none. */
    public String values() {
        if (positions.size() == 1) {
            return text(slots[positions.get(0)]);
        }
        StringJoiner joiner = new StringJoiner(", ", "(", ")").setEmptyValue("");
        positions.forEach(position -> joiner.add(text(slots[position])));
        return joiner.toString();
    }

    private static String text(ValueSlot slot) {
        String text = switch (slot.storageClass()) {
            case NULL -> "NULL";
            case INTEGER -> Long.toString(slot.integer());
            case REAL -> Double.toString(slot.real());
            case TEXT -> new String(slot.bytes(), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "\uFFFD");
            case BLOB ->
                "x'" + HexFormat.of().formatHex(slot.bytes(), 0, Math.min(16, slot.bytes().length))
                        + (slot.bytes().length > 16 ? "…'" : "'");
        };
        return text.length() <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "…";
    }
}
