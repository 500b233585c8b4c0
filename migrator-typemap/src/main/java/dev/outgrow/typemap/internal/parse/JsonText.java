package dev.outgrow.typemap.internal.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether text is a JSON document that PostgreSQL's {@code json} and {@code jsonb} take (RFC 8259). */
public final class JsonText {
    /** Not a JSON document, or one too deep for the server's stack. */
    public static final int NO_JSON = 8;
    /** A string has {@code \\u0000} or half a surrogate pair, or a number is beyond {@code numeric}: not for jsonb. */
    public static final int NO_JSONB = 1;
    /** An object has a key twice, of which jsonb would keep the last. */
    public static final int DUPLICATE_KEYS = 2;

    private static final int BAD_UNIT = -2;
    private static final int DEEPEST = 1000;
    private static final int MOST_DIGITS_BEFORE = 131_072;
    private static final int MOST_DIGITS_BEHIND = 16_383;

    private final byte[] text;
    private int at;
    private int flags;

    private JsonText(byte[] text) {
        this.text = text;
    }

    /** What there is to say about the text, as the sum of the constants; 0 where both types take it. */
    public static int check(byte[] text) {
        JsonText reader = new JsonText(text);
        reader.skipSpace();
        boolean valid = reader.value(0);
        reader.skipSpace();
        return valid && reader.at == text.length ? reader.flags : NO_JSON;
    }

    private boolean value(int depth) {
        if (at >= text.length || depth > DEEPEST) {
            return false;
        }
        return switch (text[at]) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean object(int depth) {
        at++;
        skipSpace();
        if (skip('}')) {
            return true;
        }
        List<String> keys = new ArrayList<>();
        do {
            skipSpace();
            int start = at + 1;
            if (at >= text.length || text[at] != '"' || !string()) {
                return false;
            }
            keys.add(unescaped(new String(text, start, at - 1 - start, StandardCharsets.UTF_8)));
            skipSpace();
            if (!skip(':')) {
                return false;
            }
            skipSpace();
            if (!value(depth + 1)) {
                return false;
            }
            skipSpace();
        } while (skip(','));
        Set<String> distinct = keys.size() > 1 ? new HashSet<>(keys) : Set.of();
        if (keys.size() > 1 && distinct.size() < keys.size()) {
            flags |= DUPLICATE_KEYS;
        }
        return skip('}');
    }

    private boolean array(int depth) {
        at++;
        skipSpace();
        if (skip(']')) {
            return true;
        }
        do {
            skipSpace();
            if (!value(depth + 1)) {
                return false;
            }
            skipSpace();
        } while (skip(','));
        return skip(']');
    }

    private boolean string() {
        boolean highSurrogate = false;
        for (at++; at < text.length; at++) {
            int each = text[at] & 0xff;
            int unit = -1;
            if (each == '"') {
                at++;
                flags |= highSurrogate ? NO_JSONB : 0;
                return true;
            }
            if (each < 0x20) {
                return false;
            }
            if (each == '\\') {
                at++;
                if (at >= text.length || "\"\\/bfnrtu".indexOf(text[at]) < 0) {
                    return false;
                }
                unit = text[at] == 'u' ? unit() : -1;
                if (unit == BAD_UNIT) {
                    return false;
                }
            }
            boolean low = unit >= 0xdc00 && unit < 0xe000;
            flags |= unit == 0 || highSurrogate != low ? NO_JSONB : 0;
            highSurrogate = unit >= 0xd800 && unit < 0xdc00;
        }
        return false;
    }

    /** A string without its escapes, so that two that mean the same are found equal. */
    static String unescaped(String key) {
        if (key.indexOf('\\') < 0) {
            return key;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) != '\\') {
                plain.append(key.charAt(i));
            } else if (key.charAt(++i) == 'u') {
                plain.append((char) Integer.parseInt(key.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                plain.append("\"\\/\b\f\n\r\t".charAt("\"\\/bfnrt".indexOf(key.charAt(i))));
            }
        }
        return plain.toString();
    }

    private int unit() {
        if (at + 4 >= text.length) {
            return BAD_UNIT;
        }
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(text[++at], 16);
            if (digit < 0) {
                return BAD_UNIT;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private boolean number() {
        int start = at;
        skip('-');
        int whole = TimeText.digits(text, at, text.length);
        if (whole == 0 || (whole > 1 && text[at] == '0')) {
            return false;
        }
        at += whole;
        int behind = 0;
        if (skip('.')) {
            behind = TimeText.digits(text, at, text.length);
            if (behind == 0) {
                return false;
            }
            at += behind;
        }
        int exponent = 0;
        if (at < text.length && (text[at] | 0x20) == 'e') {
            int from = at++;
            if (at < text.length && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            int digits = TimeText.digits(text, at, text.length);
            if (digits == 0) {
                return false;
            }
            at += digits;
            exponent = DecimalText.exponent(text, from, at);
        }
        if (exponent == Integer.MIN_VALUE
                || whole + exponent > MOST_DIGITS_BEFORE
                || behind - exponent > MOST_DIGITS_BEHIND) {
            flags |= NO_JSONB;
        }
        return at > start;
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at >= text.length || text[at++] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean skip(char wanted) {
        if (at < text.length && text[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }
}
