package dev.outgrow.junit;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * One value with the key of its row.
 *
 * @param key the values of the key's columns as text; empty if the rows have no key
 * @param value the value in Java; null for NULL
 * @param text the value as its database writes it
 * @param type its type, or its storage class
 */
record KeyedValue(List<String> key, @Nullable Object value, String text, String type) {
    private static final int LONGEST = 200;

    KeyedValue {
        key = List.copyOf(key);
    }

    static KeyedValue ofNull(List<String> key) {
        return new KeyedValue(key, null, "NULL", "");
    }

    /** The value for people, with its type. */
    String shown() {
        if (value == null) {
            return text;
        }
        boolean isLong = text.codePointCount(0, text.length()) > LONGEST;
        return (isLong ? text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…" : text) + " (" + type + ")";
    }

    /** The key as notices write it: {@code 42}, and of several columns {@code (de, 01099)}. */
    String plainKey() {
        return key.size() == 1 ? key.get(0) : "(" + String.join(", ", key) + ")";
    }

    /** The key as differences write it: {@code id=42}. */
    String namedKey(List<String> names) {
        StringJoiner joiner = new StringJoiner(", ");
        for (int i = 0; i < key.size(); i++) {
            joiner.add(names.get(i) + "=" + key.get(i));
        }
        return joiner.toString();
    }
}
