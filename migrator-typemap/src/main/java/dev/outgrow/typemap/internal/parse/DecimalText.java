package dev.outgrow.typemap.internal.parse;

/**
 * Decimal numbers as text: a sign, digits with or without a point, an exponent, white space around it. A reading is one
 * {@code long}, so that no value allocates: the digits before the point, those after it up to the last that is not zero,
 * and those after it as written.
 */
public final class DecimalText {
    /** Not the text of a number. */
    public static final long UNREADABLE = -1;

    private static final int BITS = 20;
    private static final int MASK = (1 << BITS) - 1;
    /** Beyond the range of {@code numeric}, and small enough that sums do not overflow. */
    private static final int MOST_EXPONENT = 200_000;

    /** How many digits always fit into a {@code long}. */
    private static final int QUICK_DIGITS = 18;

    private DecimalText() {}

    /** Measures a part of an array; {@link #UNREADABLE} if it is no number, or one of more than 200,000 digits. */
    public static long measure(byte[] text, int from, int upTo) {
        int at = Words.start(text, from, upTo);
        int end = Words.end(text, at, upTo);
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

    /** The digits after the point, without trailing zeros. */
    public static int scale(long measured) {
        return (int) (measured >> BITS) & MASK;
    }

    /** The digits after the point, as written. */
    public static int writtenScale(long measured) {
        return (int) measured & MASK;
    }

    /**
     * The digits of a number without its point, with its sign: {@code 12.30} is 1230, of which {@link #writtenScale} stand
     * after the point.
     *
     * @return {@link Long#MIN_VALUE} if it has an exponent, or more digits than an integer has room for
     */
    public static long digits(byte[] text, int from, int upTo) {
        int start = Words.start(text, from, upTo);
        int end = Words.end(text, start, upTo);
        long digits = 0;
        int count = 0;
        for (int at = start; at < end; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                if (++count > QUICK_DIGITS) {
                    return Long.MIN_VALUE;
                }
            } else if ((text[at] | 0x20) == 'e') {
                return Long.MIN_VALUE;
            }
        }
        return text[start] == '-' ? -digits : digits;
    }

    /** The exponent whose letter is here; the smallest int if there is none. */
    static int exponent(byte[] text, int start, int end) {
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
