package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;

/** Whether text in a column of bytes may stand for them: base64, or PostgreSQL's hex form. */
final class BytesTests extends Tests {
    private static final int LONG = 16;

    private final Notes notes;

    BytesTests(Notes notes) {
        this.notes = notes;
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        if (isHex(text, start, end)) {
            notes.note(Trait.HEX_BYTES, key);
            return;
        }
        int digits = 0;
        int padding = 0;
        boolean[] sorts = new boolean[3];
        for (int at = start; at < end; at++) {
            byte each = text[at];
            if (each == '\n' || each == '\r') {
                continue;
            }
            if (each == '=') {
                padding++;
            } else if (padding == 0 && isDigit(each)) {
                digits++;
                note(sorts, each);
            } else {
                return;
            }
        }
        if (digits > 0 && padding <= 2 && (digits + padding) % 4 == 0) {
            notes.note(Trait.BASE64, key);
            if (padding > 0 || (digits >= LONG && sorts[0] && sorts[1] && sorts[2])) {
                notes.note(Trait.LIKELY_BASE64, key);
            }
        }
    }

    /** Whether it is bytes as PostgreSQL writes them ("bytea Hex Format"). */
    private static boolean isHex(byte[] text, int start, int end) {
        if (end - start < 2 || text[start] != '\\' || text[start + 1] != 'x' || (end - start) % 2 != 0) {
            return false;
        }
        for (int at = start + 2; at < end; at++) {
            if (Character.digit(text[at], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Hexadecimal digits, of which a hash is made, have letters in one case alone. */
    private static void note(boolean[] sorts, byte each) {
        if (each >= 'a') {
            sorts[0] = true;
        } else if (each >= 'A') {
            sorts[1] = true;
        } else if (each >= '0') {
            sorts[2] = true;
        }
    }

    private static boolean isDigit(byte each) {
        return (each >= 'A' && each <= 'Z')
                || (each >= 'a' && each <= 'z')
                || (each >= '0' && each <= '9')
                || each == '+'
                || each == '/';
    }
}
