package dev.outgrow.typemap.internal.parse;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A JSON array of strings, numbers, booleans and null, or of such arrays, as an array of PostgreSQL's. */
public final class JsonArrayText {
    private final String text;
    private int at;

    private JsonArrayText(String text) {
        this.text = text;
    }

    /** Whether the text begins like a JSON array; PostgreSQL's own text of an array whose indexes begin at 1 never does. */
    public static boolean begins(byte[] text, int start, int end) {
        int at = Words.start(text, start, end);
        return at < end && text[at] == '[';
    }

    /** The array; null if the text is none, or none that PostgreSQL takes. */
    public static @Nullable ArrayParts read(byte[] bytes) {
        return (new JsonText().check(bytes) & (JsonText.NO_JSON | JsonText.NO_JSONB)) != 0
                ? null
                : new JsonArrayText(new String(bytes, StandardCharsets.UTF_8).strip()).parts();
    }

    /** The text is known to be JSON, so that only what kind of values there are is left to see. */
    private @Nullable ArrayParts parts() {
        if (text.charAt(at) != '[') {
            return null;
        }
        ArrayShape shape = new ArrayShape();
        do {
            skipSpace();
            switch (text.charAt(at)) {
                case ',' -> at++;
                case '{' -> {
                    return null;
                }
                case '[' -> {
                    at++;
                    shape.open();
                }
                case ']' -> {
                    at++;
                    shape.close();
                }
                case '"' -> shape.element(string());
                default -> {
                    String word = word();
                    shape.element(word.equals("null") ? null : word);
                }
            }
            if (shape.isBroken()) {
                return null;
            }
        } while (!shape.isClosed());
        return shape.parts();
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
