package dev.outgrow.typemap.internal.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of one dimension as text: PostgreSQL's {@code {a,"b c",NULL}}. */
public final class ArrayText {
    private final String text;
    private int at;

    private ArrayText(String text) {
        this.text = text;
    }

    /** The elements, null for NULL; null as a whole if the text is no such array. */
    public static @Nullable List<@Nullable String> read(byte[] bytes) {
        ArrayText reader = new ArrayText(new String(bytes, StandardCharsets.UTF_8).strip());
        return reader.text.startsWith("{") && reader.text.endsWith("}") ? reader.elements() : null;
    }

    private @Nullable List<@Nullable String> elements() {
        List<@Nullable String> elements = new ArrayList<>();
        at = 1;
        skipSpace();
        if (text.charAt(at) == '}') {
            return at == text.length() - 1 ? elements : null;
        }
        while (true) {
            skipSpace();
            boolean quoted = text.charAt(at) == '"';
            String element = quoted ? quoted() : plain();
            if (element == null || (!quoted && element.isEmpty())) {
                return null;
            }
            elements.add(!quoted && element.equalsIgnoreCase("null") ? null : element);
            skipSpace();
            if (at >= text.length()) {
                return null;
            }
            char next = text.charAt(at++);
            if (next == '}') {
                return at == text.length() ? elements : null;
            }
            if (next != ',') {
                return null;
            }
        }
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
