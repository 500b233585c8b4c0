package dev.outgrow.typemap.internal.parse;

/**
 * Whether text is a JSON document that PostgreSQL's {@code json} and {@code jsonb} take (RFC 8259). Used for one document after
 * the other, it allocates for none but those whose objects have many keys. Not safe for concurrent use.
 */
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

    private byte[] text = {};
    private int at;
    private int end;
    private int flags;
    private final JsonKeys keys = new JsonKeys();

    /** What is wrong with the text, as the sum of the constants; 0 if both types accept it. */
    public int check(byte[] bytes) {
        return check(bytes, 0, bytes.length);
    }

    /** Likewise, of a part of an array. */
    public int check(byte[] bytes, int from, int upTo) {
        text = bytes;
        at = from;
        end = upTo;
        flags = 0;
        keys.begin(bytes);
        skipSpace();
        boolean valid = value(0);
        skipSpace();
        return valid && at == end ? flags : NO_JSON;
    }

    private boolean value(int depth) {
        if (at >= end || depth > DEEPEST) {
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
        int outer = keys.enter();
        do {
            skipSpace();
            int start = at + 1;
            if (at >= end || text[at] != '"' || !string()) {
                return false;
            }
            keys.add(start, at - 1);
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
        flags |= keys.leave(outer) ? 0 : DUPLICATE_KEYS;
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
        for (at++; at < end; at++) {
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
                if (at >= end || "\"\\/bfnrtu".indexOf(text[at]) < 0) {
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

    private int unit() {
        if (at + 4 >= end) {
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
        int whole = TimeText.digits(text, at, end);
        if (whole == 0 || (whole > 1 && text[at] == '0')) {
            return false;
        }
        at += whole;
        int behind = 0;
        if (skip('.')) {
            behind = TimeText.digits(text, at, end);
            if (behind == 0) {
                return false;
            }
            at += behind;
        }
        int exponent = 0;
        if (at < end && (text[at] | 0x20) == 'e') {
            int from = at++;
            if (at < end && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            int digits = TimeText.digits(text, at, end);
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
            if (at >= end || text[at++] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean skip(char wanted) {
        if (at < end && text[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < end && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }
}
