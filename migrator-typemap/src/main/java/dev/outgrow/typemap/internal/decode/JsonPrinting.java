package dev.outgrow.typemap.internal.decode;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document printed as PostgreSQL prints jsonb: keys by length and then by bytes, one blank after comma and colon, numbers
 * without exponent.
 */
final class JsonPrinting {
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d{1,6})?");
    /** The order of keys in jsonb and hstore. */
    static final Comparator<byte[]> KEYS =
            Comparator.<byte[]>comparingInt(key -> key.length).thenComparing(Arrays::compareUnsigned);

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private JsonPrinting(String text) {
        this.text = text;
    }

    /** The document as PostgreSQL prints it; null if the text is no JSON. */
    static @Nullable String of(String text) {
        JsonPrinting printing = new JsonPrinting(text);
        try {
            printing.value();
            printing.space();
            return printing.at == text.length() ? printing.out.toString() : null;
        } catch (IllegalArgumentException | IndexOutOfBoundsException | StackOverflowError e) {
            return null;
        }
    }

    /** The content of a JSON string; null if the text is not one. */
    static @Nullable String string(String text) {
        try {
            return new JsonPrinting(text).string();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private void value() {
        space();
        switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> quote(string(), out);
            default -> {
                for (String word : new String[] {"true", "false", "null"}) {
                    if (text.startsWith(word, at)) {
                        out.append(word);
                        at += word.length();
                        return;
                    }
                }
                number();
            }
        }
    }

    private void number() {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw new IllegalArgumentException("no JSON value");
        }
        at = number.end();
        out.append(new BigDecimal(number.group()).toPlainString());
    }

    private void array() {
        out.append('[');
        at++;
        space();
        if (text.charAt(at) == ']') {
            at++;
        } else {
            char next = ',';
            for (boolean first = true; next == ','; first = false) {
                out.append(first ? "" : ", ");
                value();
                next = next(',', ']');
            }
        }
        out.append(']');
    }

    private void object() {
        Map<byte[], String> members = new TreeMap<>(KEYS);
        at++;
        space();
        if (text.charAt(at) == '}') {
            at++;
        } else {
            char next = ',';
            while (next == ',') {
                space();
                String key = string();
                next(':', ':');
                int start = out.length();
                value();
                members.put(key.getBytes(StandardCharsets.UTF_8), out.substring(start));
                out.setLength(start);
                next = next(',', '}');
            }
        }
        out.append('{');
        for (Iterator<Map.Entry<byte[], String>> each = members.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<byte[], String> member = each.next();
            quote(new String(member.getKey(), StandardCharsets.UTF_8), out);
            out.append(": ").append(member.getValue()).append(each.hasNext() ? ", " : "");
        }
        out.append('}');
    }

    private char next(char one, char other) {
        space();
        char found = text.charAt(at++);
        if (found != one && found != other) {
            throw new IllegalArgumentException("no JSON");
        }
        return found;
    }

    private String string() {
        if (text.charAt(at++) != '"') {
            throw new IllegalArgumentException("no JSON string");
        }
        StringBuilder string = new StringBuilder();
        for (char each = text.charAt(at++); each != '"'; each = text.charAt(at++)) {
            if (each < ' ') {
                throw new IllegalArgumentException("no JSON string");
            }
            string.append(each == '\\' ? escaped() : each);
        }
        return string.toString();
    }

    private char escaped() {
        char kind = text.charAt(at++);
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '\\', '/' -> kind;
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text, at - 4, at, 16);
            }
            default -> throw new IllegalArgumentException("no JSON escape");
        };
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    static void quote(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char each = string.charAt(i);
            int known = "\b\f\n\r\t\"\\".indexOf(each);
            if (known >= 0) {
                out.append('\\').append("bfnrt\"\\".charAt(known));
            } else if (each < ' ') {
                out.append("\\u00").append(Character.forDigit(each >> 4, 16)).append(Character.forDigit(each & 15, 16));
            } else {
                out.append(each);
            }
        }
        out.append('"');
    }
}
