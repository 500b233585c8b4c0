package dev.outgrow.typemap.internal.parse;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words for the numbers that have no digits, as languages print them: {@code NaN}, {@code Infinity}, {@code -Inf}, {@code INF}. */
public enum FloatWord {
    /** No number. */
    NAN,
    /** More than any number. */
    INFINITY,
    /** Less than any number. */
    MINUS_INFINITY,
    /** Another text. */
    NONE;

    private static final int LONGEST = 9;
    private static final Pattern WORD = Pattern.compile("[+-]?nan|[+-]?inf(?:inity)?");

    /** What a part of an array says. */
    public static FloatWord of(byte[] text, int start, int end) {
        int length = end - start;
        if (length < 3 || length > LONGEST || (text[end - 1] | 0x20) < 'a') {
            return NONE;
        }
        String word = new String(text, start, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (!WORD.matcher(word).matches()) {
            return NONE;
        }
        return word.endsWith("nan") ? NAN : word.startsWith("-") ? MINUS_INFINITY : INFINITY;
    }

    /** The double. */
    public double value() {
        return switch (this) {
            case NAN, NONE -> Double.NaN;
            case INFINITY -> Double.POSITIVE_INFINITY;
            case MINUS_INFINITY -> Double.NEGATIVE_INFINITY;
        };
    }
}
