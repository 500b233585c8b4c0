package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.parse.JsonArrayText;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON arrays of booleans, numbers, times or UUIDs: whether each stands in quotes, and the form of what it says. */
final class ArrayWriting implements Writing {
    private final Writing element;

    private ArrayWriting(Writing element) {
        this.element = element;
    }

    /**
     * A form.
     *
     * @param quoted whether the values are strings
     * @param element the form of what they say; null if they show none
     */
    private record Written(boolean quoted, @Nullable Object element) {}

    /** The forms of an array; empty if its values have but one. */
    static Optional<Writing> of(TypeMapping mapping) {
        if (mapping.representation() != Representation.JSON_TEXT) {
            return Optional.empty();
        }
        PgType type = mapping.type().element().orElseThrow();
        return switch (type.kind()) {
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
                Optional.of(new ArrayWriting(new TimeWriting(new TypeMapping(type, Representation.ISO_TEXT))));
            case UUID -> Optional.of(new ArrayWriting(new UuidWriting()));
            case BOOLEAN -> Optional.of(new ArrayWriting(new WordWriting()));
            case SMALLINT, INTEGER, BIGINT, NUMERIC, REAL, DOUBLE_PRECISION ->
                Optional.of(new ArrayWriting(new OneWriting()));
            case TEXT, VARCHAR, CHAR, CITEXT, ENUM, BYTEA, INTERVAL, JSON, JSONB, INET, CIDR, MACADDR, ARRAY ->
                Optional.empty();
        };
    }

    @Override
    public @Nullable Object of(ValueSlot value) {
        if (value.storageClass() != StorageClass.TEXT) {
            return null;
        }
        return JsonArrayText.values(value.bytes())
                .filter(word -> !word.equals("null"))
                .findFirst()
                .map(word -> new Written(isQuoted(word), element.of(said(word))))
                .orElse(null);
    }

    @Override
    public void write(Map<Object, long[]> seen, ValueSlot value) {
        if (value.storageClass() != StorageClass.TEXT) {
            return;
        }
        boolean quoted = ((Written) ColumnForm.commonest(seen)).quoted();
        Map<Object, long[]> elements = elements(seen);
        JsonArrayText.replaced(value.bytes(), word -> word.equals("null") ? word : written(word, quoted, elements))
                .ifPresent(text -> value.setText(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String written(String word, boolean quoted, Map<Object, long[]> elements) {
        ValueSlot said = said(word);
        if (!elements.isEmpty()) {
            element.write(elements, said);
        }
        String text = said.storageClass() == StorageClass.INTEGER
                ? Long.toString(said.integer())
                : new String(said.bytes(), StandardCharsets.UTF_8);
        return quoted || isQuoted(word) ? '"' + text + '"' : text;
    }

    /** What a value of an array says, which has nothing to escape in it. */
    private ValueSlot said(String word) {
        ValueSlot said = new ValueSlot();
        String text = isQuoted(word) ? word.substring(1, word.length() - 1) : word;
        if (element instanceof WordWriting && (word.equals("0") || word.equals("1"))) {
            said.setInteger(Long.parseLong(word));
        } else {
            said.setText(text.getBytes(StandardCharsets.UTF_8));
        }
        return said;
    }

    private static boolean isQuoted(String word) {
        return word.startsWith("\"");
    }

    @Override
    public boolean keeps(Map<Object, long[]> seen, StorageClass storageClass) {
        return storageClass != StorageClass.TEXT;
    }

    @Override
    public int distinct(Map<Object, long[]> seen) {
        long quotings = seen.keySet().stream()
                .map(form -> ((Written) form).quoted())
                .distinct()
                .count();
        Map<Object, long[]> elements = elements(seen);
        return (int) Math.max(quotings, elements.isEmpty() ? 0 : element.distinct(elements));
    }

    /** The forms of what the values say. */
    private static Map<Object, long[]> elements(Map<Object, long[]> seen) {
        Map<Object, long[]> elements = new LinkedHashMap<>();
        seen.forEach((form, count) -> {
            Object each = ((Written) form).element();
            if (each != null) {
                elements.computeIfAbsent(each, first -> new long[1])[0] += count[0];
            }
        });
        return elements;
    }
}
