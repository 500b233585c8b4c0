package dev.outgrow.typemap.internal.parse;

/**
 * Decimal numbers as text: a sign, digits with or without a point, an exponent, white space around it. A reading is one
 * {@code long}, so that no value allocates: the digits before the point, those behind it up to the last that is not zero,
 * and those behind it as written.
 */
public final class DecimalText {
    /** Not the text of a number. */
    public static final long UNREADABLE = -1;

    private static final int BITS = 20;
    private static final int MASK = (1 << BITS) - 1;
    /** Beyond what {@code numeric} takes, and small enough that sums of it do not overflow. */
    private static final int MOST_EXPONENT = 200_000;

    private DecimalText() {}

    /** Measures the number; {@link #UNREADABLE} where it is none, or of more than half a million digits. */
    public static long measure(byte[] text) {
        int end = end(text);
        int at = start(text, end);
        if (at < end && (text[at] == '-' || text[at] == '+')) {
            at++;
        }
        int digits = 0;
        int beforePoint = -1;
        int first = -1;
        int last = -1;
        for (; at < end; at++) {
            byte each = text[at];
            if (each == '.' && beforePoint < 0) {
                beforePoint = digits;
            } else if (each >= '0' && each <= '9') {
                if (each != '0') {
                    first = first < 0 ? digits : first;
                    last = digits;
                }
                digits++;
            } else {
                break;
            }
        }
        int exponent = at < end ? exponent(text, at, end) : 0;
        if (digits == 0 || exponent == Integer.MIN_VALUE || digits > MOST_EXPONENT) {
            return UNREADABLE;
        }
        int whole = beforePoint < 0 ? digits : beforePoint;
        long written = Math.max(0, digits - whole - exponent);
        if (first < 0) {
            return written;
        }
        long before = Math.max(0, whole - first + exponent);
        long behind = Math.max(0, last + 1 - whole - exponent);
        return (before << BITS | behind) << BITS | written;
    }

    /** The digits before the point, without zeros in front. */
    public static int integerDigits(long measured) {
        return (int) (measured >> (2 * BITS));
    }

    /** The digits behind the point up to the last that is not zero. */
    public static int scale(long measured) {
        return (int) (measured >> BITS) & MASK;
    }

    /** The digits behind the point as written. */
    public static int writtenScale(long measured) {
        return (int) measured & MASK;
    }

    /** Where the number begins, its sign included. */
    public static int start(byte[] text, int end) {
        int at = 0;
        while (at < end && Words.isSpace(text[at])) {
            at++;
        }
        return at;
    }

    /** Where the number ends. */
    public static int end(byte[] text) {
        int at = text.length;
        while (at > 0 && Words.isSpace(text[at - 1])) {
            at--;
        }
        return at;
    }

    /** The exponent that begins here with its letter; the smallest int where none does. */
    public static int exponent(byte[] text, int start, int end) {
        int at = start + 1;
        if ((text[start] != 'e' && text[start] != 'E') || at == end) {
            return Integer.MIN_VALUE;
        }
        boolean negative = text[at] == '-';
        if (negative || text[at] == '+') {
            at++;
        }
        if (at == end) {
            return Integer.MIN_VALUE;
        }
        int exponent = 0;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            exponent = exponent * 10 + digit;
            if (exponent > MOST_EXPONENT) {
                return Integer.MIN_VALUE;
            }
        }
        return negative ? -exponent : exponent;
    }
}
