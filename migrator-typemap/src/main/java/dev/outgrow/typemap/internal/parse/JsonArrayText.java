package dev.outgrow.typemap.internal.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON array of strings, numbers, booleans and null, as the elements of an array of one dimension. */
public final class JsonArrayText {
    private final String text;
    private int at;

    private JsonArrayText(String text) {
        this.text = text;
    }

    /** Whether the text begins like a JSON array; PostgreSQL's own text of a one-dimensional array never does. */
    public static boolean begins(byte[] text, int start, int end) {
        int at = Words.start(text, start, end);
        return at < end && text[at] == '[';
    }

    /** The elements, null for null; null as a whole if the text is no such array. */
    public static @Nullable List<@Nullable String> read(byte[] bytes) {
        return (new JsonText().check(bytes) & (JsonText.NO_JSON | JsonText.NO_JSONB)) != 0
                ? null
                : new JsonArrayText(new String(bytes, StandardCharsets.UTF_8).strip()).elements();
    }

    /** The text is known to be JSON, so that only what kind of values there are is left to see. */
    private @Nullable List<@Nullable String> elements() {
        if (text.charAt(at++) != '[') {
            return null;
        }
        List<@Nullable String> elements = new ArrayList<>();
        for (skipSpace(); text.charAt(at) != ']'; skipSpace()) {
            switch (text.charAt(at)) {
                case ',' -> at++;
                case '[', '{' -> {
                    return null;
                }
                case '"' -> elements.add(string());
                default -> {
                    String word = word();
                    elements.add(word.equals("null") ? null : word);
                }
            }
        }
        return elements;
    }

    private String string() {
        int start = ++at;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return JsonKeys.unescaped(text.substring(start, at++));
    }

    private String word() {
        int start = at;
        while (",] \t\n\r".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipSpace() {
        while (" \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
