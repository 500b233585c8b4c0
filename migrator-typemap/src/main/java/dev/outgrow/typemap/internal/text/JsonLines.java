package dev.outgrow.typemap.internal.text;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON that grows from its begin to its end, two spaces a level, without HTML's escapes: byte for byte what Gson writes if it is
 * asked for pretty printing. A run writes its report on the way of every start, and Gson is 160 classes. Members that are null are
 * left out. Not safe for concurrent use.
 */
public final class JsonLines {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder ends = new StringBuilder();
    private boolean empty = true;

    /** Begins the whole, or an item of an array, as an object. */
    @CanIgnoreReturnValue
    public JsonLines object() {
        return begin('{', '}');
    }

    /** Begins a member that is an object. */
    @CanIgnoreReturnValue
    public JsonLines object(String name) {
        key(name);
        return opened('{', '}');
    }

    /** Begins the whole, or an item of an array, as an array. */
    @CanIgnoreReturnValue
    public JsonLines array() {
        return begin('[', ']');
    }

    /** Begins a member that is an array. */
    @CanIgnoreReturnValue
    public JsonLines array(String name) {
        key(name);
        return opened('[', ']');
    }

    /** Ends the object or array that was begun last. */
    @CanIgnoreReturnValue
    public JsonLines end() {
        char end = ends.charAt(ends.length() - 1);
        ends.setLength(ends.length() - 1);
        if (!empty) {
            newLine();
        }
        text.append(end);
        empty = false;
        return this;
    }

    /** Adds a member, unless it is null. */
    @CanIgnoreReturnValue
    public JsonLines member(String name, @Nullable String value) {
        if (value != null) {
            key(name);
            quote(value);
        }
        return this;
    }

    /** Adds a member. */
    @CanIgnoreReturnValue
    public JsonLines member(String name, long value) {
        key(name);
        text.append(value);
        return this;
    }

    /** Adds a member. */
    @CanIgnoreReturnValue
    public JsonLines member(String name, boolean value) {
        key(name);
        text.append(value);
        return this;
    }

    /** Adds a member that is an array of texts. */
    @CanIgnoreReturnValue
    public JsonLines member(String name, List<String> items) {
        array(name);
        for (String item : items) {
            item(item);
        }
        return end();
    }

    /**
     * Adds a member that is JSON already.
     *
     * @param json as this class writes it: its line breaks are between values, never in them
     */
    @CanIgnoreReturnValue
    public JsonLines written(String name, String json) {
        key(name);
        text.append(json.replace("\n", "\n" + "  ".repeat(ends.length())));
        return this;
    }

    /** Adds an item of an array. */
    @CanIgnoreReturnValue
    public JsonLines item(String value) {
        next();
        quote(value);
        return this;
    }

    private JsonLines begin(char begin, char end) {
        if (ends.length() > 0) {
            next();
        }
        return opened(begin, end);
    }

    private JsonLines opened(char begin, char end) {
        text.append(begin);
        ends.append(end);
        empty = true;
        return this;
    }

    private void key(String name) {
        next();
        quote(name);
        text.append(": ");
    }

    private void next() {
        if (!empty) {
            text.append(',');
        }
        newLine();
        empty = false;
    }

    private void newLine() {
        text.append('\n');
        for (int i = 0; i < ends.length(); i++) {
            text.append("  ");
        }
    }

    private void quote(String value) {
        text.append('"');
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c == '\u2028' || c == '\u2029') {
                text.append(value.substring(written, i));
                escape(c);
                written = i + 1;
            }
        }
        text.append(value.substring(written)).append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> text.append('\\').append(c);
            case '\t' -> text.append("\\t");
            case '\b' -> text.append("\\b");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\f' -> text.append("\\f");
            default -> {
                text.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    text.append(HEX.charAt((c >> shift) & 15));
                }
            }
        }
    }

    /** The text, once everything that was begun has ended. */
    @Override
    public String toString() {
        return text.toString();
    }
}
