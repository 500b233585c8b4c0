package dev.outgrow.typemap.internal.parse;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An array as text: PostgreSQL's {@code {a,"b c",NULL}}, or {@code {{1,2},{3,4}}}. */
public final class ArrayText {
    private final String text;
    private int at;

    private ArrayText(String text) {
        this.text = text;
    }

    /** The array; null if the text is none. */
    public static @Nullable ArrayParts read(byte[] bytes) {
        ArrayText reader = new ArrayText(new String(bytes, StandardCharsets.UTF_8).strip());
        return reader.text.startsWith("{") && reader.text.endsWith("}") ? reader.parts() : null;
    }

    /** The text begins with a brace and ends with one, so that there is a character to look at until the last was taken. */
    private @Nullable ArrayParts parts() {
        ArrayShape shape = new ArrayShape();
        boolean begun = true;
        while (at < text.length()) {
            // Here a part stands, or nothing at all between the braces of an empty array.
            skipSpace();
            if (text.charAt(at) == '{') {
                at++;
                shape.open();
                begun = true;
            } else {
                if (!(begun && text.charAt(at) == '}') && !element(shape)) {
                    return null;
                }
                begun = false;
                if (!closed(shape)) {
                    return null;
                }
            }
            if (shape.isBroken()) {
                return null;
            }
        }
        return shape.isClosed() ? shape.parts() : null;
    }

    /** Reads what ends arrays after a part, and the comma before the next. */
    private boolean closed(ArrayShape shape) {
        for (skipSpace(); at < text.length() && text.charAt(at) == '}'; skipSpace()) {
            at++;
            shape.close();
            if (shape.isBroken() || (shape.isClosed() && at < text.length())) {
                return false;
            }
        }
        return at == text.length() || text.charAt(at++) == ',';
    }

    private boolean element(ArrayShape shape) {
        boolean quoted = text.charAt(at) == '"';
        String element = quoted ? quoted() : plain();
        if (element == null || (!quoted && element.isEmpty())) {
            return false;
        }
        shape.element(!quoted && element.equalsIgnoreCase("null") ? null : element);
        return true;
    }

    private @Nullable String quoted() {
        StringBuilder element = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == '"') {
                at++;
                return element.toString();
            }
            if (each == '\\' && ++at == text.length()) {
                return null;
            }
            element.append(text.charAt(at));
        }
        return null;
    }

    private @Nullable String plain() {
        StringBuilder element = new StringBuilder();
        for (; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == ',' || each == '}') {
                return element.toString().stripTrailing();
            }
            if (each == '{' || each == '"') {
                return null;
            }
            if (each == '\\' && ++at == text.length()) {
                return null;
            }
            element.append(text.charAt(at));
        }
        return null;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
