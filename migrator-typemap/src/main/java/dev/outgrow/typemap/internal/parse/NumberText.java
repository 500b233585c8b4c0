package dev.outgrow.typemap.internal.parse;

/** Whether a number that is written as text would be written the same again once it is a number. */
public enum NumberText {
    /** It would; or it is no number at all, so that the question does not arise. */
    SAME,
    /** In another way: with other zeros after the point, or without an exponent. */
    OTHERWISE,
    /** Without zeros, signs or blanks that may be part of a code: {@code 007}, {@code +7}, {@code " 7"}. */
    SHORTENED;

    /** An integer. */
    public static NumberText ofInteger(byte[] text, int start, int end) {
        return of(text, start, end, 0, false);
    }

    /**
     * A decimal.
     *
     * @param scale the digits after the point that its type shows; negative if it shows those that were written
     */
    public static NumberText ofDecimal(byte[] text, int start, int end, int scale) {
        return of(text, start, end, scale, false);
    }

    /** A double, which shows no zeros at its end. */
    public static NumberText ofDouble(byte[] text, int start, int end) {
        return of(text, start, end, -1, true);
    }

    private static NumberText of(byte[] text, int start, int end, int scale, boolean binary) {
        if (FloatWord.of(text, start, end) != FloatWord.NONE) {
            return text[start] == 'N' && text[start + 1] == 'a' && text[start + 2] == 'N' ? SAME : OTHERWISE;
        }
        if (DecimalText.measure(text, start, end) == DecimalText.UNREADABLE) {
            return SAME;
        }
        if (Words.isSpace(text[start]) || Words.isSpace(text[end - 1]) || text[start] == '+') {
            return SHORTENED;
        }
        int at = text[start] == '-' ? start + 1 : start;
        int digits = TimeText.digits(text, at, end);
        if (digits > 1 && text[at] == '0') {
            return SHORTENED;
        }
        boolean zero = true;
        for (int i = at; i < end && zero; i++) {
            zero = text[i] == '0' || text[i] == '.';
        }
        if (zero && at > start && !binary) {
            return SHORTENED;
        }
        int point = at + digits;
        if (digits == 0 || (binary && digits > 15)) {
            return OTHERWISE;
        }
        if (point == end) {
            return scale > 0 ? OTHERWISE : SAME;
        }
        int behind = TimeText.digits(text, point + 1, end);
        boolean plain = text[point] == '.' && behind > 0 && point + 1 + behind == end;
        boolean shown = binary ? text[end - 1] != '0' : scale < 0 || scale == behind;
        return plain && shown ? SAME : OTHERWISE;
    }
}
