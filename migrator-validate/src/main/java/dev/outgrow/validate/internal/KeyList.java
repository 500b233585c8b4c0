package dev.outgrow.validate.internal;

import static java.util.stream.Collectors.joining;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Conditions that name rows one by one: by their rowids in SQLite, by their keys in PostgreSQL, which an index finds. */
final class KeyList {
    private final TableReading plan;

    /**
     * For a table.
     *
     * @param plan one with a key that both databases order alike
     */
    KeyList(TableReading plan) {
        this.plan = plan;
    }

    /** The end of SQLite's query, with a blank before it. */
    String rowids(String name, List<Long> rowids) {
        return " WHERE " + name + " IN "
                + rowids.stream().map(KeyRange::literal).collect(joining(", ", "(", ")"));
    }

    /** The end of PostgreSQL's query, likewise. */
    String keys(List<ValueSlot[]> keys) {
        int parts = plan.keyIndexes().size();
        List<String> names = new ArrayList<>();
        List<String> exact = new ArrayList<>();
        boolean text = false;
        for (int i = 0; i < parts; i++) {
            KeyPart part = plan.keyPart(i);
            text |= part.isText();
            names.add(plan.targetKey(i));
            exact.add(part.targetOrder(plan.targetKey(i)));
        }
        String list = keys.stream().map(this::row).collect(joining(", ", "(", ")"));
        String byIndex = " WHERE " + row(names) + " IN " + list;
        // An index may take other texts for equal, as that of a citext does.
        return text ? byIndex + " AND " + row(exact) + " IN " + list : byIndex;
    }

    private String row(ValueSlot[] key) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < key.length; i++) {
            parts.add(literal(i, key[i]));
        }
        return row(parts);
    }

    private static String row(List<String> parts) {
        return parts.size() == 1 ? parts.get(0) : String.join(", ", parts).transform(all -> "(" + all + ")");
    }

    private String literal(int part, ValueSlot value) {
        return switch (plan.keyPart(part)) {
            case INTEGER -> KeyRange.literal(value.integer());
            case TEXT, CITEXT ->
                "E'"
                        + new String(value.bytes(), StandardCharsets.UTF_8)
                                .replace("\\", "\\\\")
                                .replace("'", "''")
                        + "'";
            case BYTES ->
                (plan.columns()
                                                .get(plan.keyIndexes().get(part))
                                                .mapping()
                                                .type()
                                                .kind()
                                        == PgType.Kind.UUID
                                ? "'"
                                : "E'\\\\x")
                        + HexFormat.of().formatHex(value.bytes())
                        + "'";
        };
    }
}
