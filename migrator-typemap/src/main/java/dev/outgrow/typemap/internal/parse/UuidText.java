package dev.outgrow.typemap.internal.parse;

/**
 * UUIDs as text: 36 characters with hyphens in their places, or 32 without, in either case; in braces, or after {@code urn:uuid:}.
 */
public final class UuidText {
    private static final byte[] URN = {'u', 'r', 'n', ':', 'u', 'u', 'i', 'd', ':'};

    private UuidText() {}

    /** Where the digits of a UUID begin in a part of an array, and with what around them; negative if it is none. */
    public static int digits(byte[] text, int start, int end) {
        int from = start;
        int upTo = end;
        if (end - start > 2 && text[start] == '{' && text[end - 1] == '}') {
            from++;
            upTo--;
        } else if (isUrn(text, start, end)) {
            from += URN.length;
        }
        return isHyphenated(text, from, upTo) || isHex(text, from, upTo) ? from : -1;
    }

    private static boolean isUrn(byte[] text, int start, int end) {
        if (end - start < URN.length) {
            return false;
        }
        for (int i = 0; i < URN.length; i++) {
            if ((text[start + i] | 0x20) != (URN[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the digits have hyphens between them. */
    public static boolean hasHyphens(byte[] text, int digits) {
        return text[digits + 8] == '-';
    }

    /** Whether a part of an array is a UUID of 36 characters. */
    private static boolean isHyphenated(byte[] text, int start, int end) {
        if (end - start != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? text[start + i] != '-' : nibble(text[start + i]) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a part of an array is a UUID of 32 characters. */
    private static boolean isHex(byte[] text, int start, int end) {
        if (end - start != 32) {
            return false;
        }
        for (int at = start; at < end; at++) {
            if (nibble(text[at]) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The next sixteen of its digits as an integer; hyphens between them are passed over. */
    public static long half(byte[] text, int start) {
        long half = 0;
        int at = start;
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
