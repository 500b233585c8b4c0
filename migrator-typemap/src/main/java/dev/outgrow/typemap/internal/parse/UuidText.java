package dev.outgrow.typemap.internal.parse;

/** UUIDs as text: 36 characters with hyphens in their places, or 32 without, in either case. */
public final class UuidText {
    private UuidText() {}

    /** Whether the text is a UUID of 36 characters. */
    public static boolean isHyphenated(byte[] text) {
        if (text.length != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? text[i] != '-' : nibble(text[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text is a UUID of 32 characters. */
    public static boolean isHex(byte[] text) {
        if (text.length != 32) {
            return false;
        }
        for (byte each : text) {
            if (nibble(each) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Sixteen of its 32 digits as an integer: the first ones from 0, the others from 16. */
    public static long half(byte[] text, int from) {
        int at = from;
        if (text.length == 36) {
            at = from == 0 ? 0 : 19;
        }
        long half = 0;
        for (int digits = 0; digits < 16; at++) {
            if (text[at] != '-') {
                half = half << 4 | nibble(text[at]);
                digits++;
            }
        }
        return half;
    }

    private static int nibble(byte digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        int letter = digit | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
