package dev.outgrow.typemap.internal.parse;

import org.jspecify.annotations.Nullable;

/** The unit of a number that is a time of 1971 to 2100 in one unit alone, told by its size: the ranges do not touch. */
public enum UnixRange {
    SECONDS(NumericTime.UNIX_SECONDS),
    MILLISECONDS(NumericTime.UNIX_MILLISECONDS),
    MICROSECONDS(NumericTime.UNIX_MICROSECONDS),
    JULIAN_DAYS(NumericTime.JULIAN_DAY);

    /** 1971-01-01 and 2101-01-01 UTC in seconds. */
    private static final long FIRST_SECOND = 31_536_000L;

    private static final long END_SECOND = 4_133_980_800L;
    /** The same in Julian days. */
    private static final double FIRST_DAY = 2_440_952.5;

    private static final double END_DAY = 2_488_434.5;

    private final NumericTime reader;

    UnixRange(NumericTime reader) {
        this.reader = reader;
    }

    /** Reads numbers of this unit. */
    public NumericTime reader() {
        return reader;
    }

    /** The unit of the number; null if it has none, or may have more. */
    public static @Nullable UnixRange of(double number) {
        if (number >= FIRST_SECOND && number < END_SECOND) {
            return SECONDS;
        }
        if (number >= FIRST_SECOND * 1e3 && number < END_SECOND * 1e3) {
            return MILLISECONDS;
        }
        if (number >= FIRST_SECOND * 1e6 && number < END_SECOND * 1e6) {
            return MICROSECONDS;
        }
        return number >= FIRST_DAY && number < END_DAY ? JULIAN_DAYS : null;
    }

    /** Likewise, if Julian days are not looked for. */
    public static @Nullable UnixRange ofUnix(double number) {
        UnixRange range = of(number);
        return range == JULIAN_DAYS ? null : range;
    }
}
