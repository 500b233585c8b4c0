package dev.outgrow.typemap.internal.parse;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An interval as PostgreSQL keeps it, read from whatever its input function takes ({@code 1 year 2 mons -3 days +04:05:06.7}, {@code
 * 90 days 0 microseconds}, {@code 3 04:05:06}, {@code 1-2}, {@code PT1H}), and from what Java and .NET print ({@code -P1D}, {@code
 * 1.02:03:04.5000000}).
 *
 * @param months years and months
 * @param days days
 * @param micros hours, minutes and seconds, in microseconds
 * @param isRounded whether something smaller than a microsecond was rounded
 */
public record IntervalText(int months, int days, long micros, boolean isRounded) {
    private static final BigDecimal DAY = new BigDecimal(86_400_000_000L);

    /**
     * Reads the text; null if it is not an interval.
     *
     * @param bare whether a number alone counts seconds, as it does for PostgreSQL
     */
    public static @Nullable IntervalText read(byte[] text, boolean bare) {
        return new IntervalReader(new String(text, StandardCharsets.ISO_8859_1), bare).read();
    }

    /**
     * The interval of so many microseconds, as hours and less.
     *
     * @return null if it is beyond PostgreSQL's range
     */
    public static @Nullable IntervalText ofClock(BigDecimal micros) {
        BigDecimal rounded = micros.setScale(0, RoundingMode.HALF_EVEN);
        return rounded.unscaledValue().bitLength() < Long.SIZE
                ? new IntervalText(0, 0, rounded.longValueExact(), rounded.compareTo(micros) != 0)
                : null;
    }

    /**
     * The interval of so many microseconds: whole days of 24 hours, and the rest as hours and less, both of one sign, as
     * {@code justify_hours} has it.
     *
     * @return null if it is beyond PostgreSQL's range
     */
    public static @Nullable IntervalText ofMicros(BigDecimal micros) {
        BigDecimal[] parts = micros.divideAndRemainder(DAY);
        BigDecimal rest = parts[1].setScale(0, RoundingMode.HALF_EVEN);
        try {
            return new IntervalText(0, parts[0].intValueExact(), rest.longValueExact(), rest.compareTo(parts[1]) != 0);
        } catch (ArithmeticException e) {
            return null;
        }
    }
}
