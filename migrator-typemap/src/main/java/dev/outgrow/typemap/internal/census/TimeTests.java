package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.parse.TimeText;

/** The formats of times as text, and the units of times as numbers. */
final class TimeTests extends Tests {
    /** 1971-01-01 and 2101-01-01 UTC in seconds; times a thousand these ranges do not touch. */
    private static final long FIRST_SECOND = 31_536_000L;

    private static final long END_SECOND = 4_133_980_800L;
    /** The same in Julian days. */
    private static final double FIRST_DAY = 2_440_952.5;

    private static final double END_DAY = 2_488_434.5;
    private static final long MICROS_A_DAY = 86_400_000_000L;

    private final Notes notes;

    /** The microseconds of the last digit that the type keeps. */
    private final long unit;

    TimeTests(int fractionDigits, Notes notes) {
        this.notes = notes;
        long micros = 1;
        for (int i = fractionDigits; i < 6; i++) {
            micros *= 10;
        }
        unit = micros;
    }

    @Override
    void integer(long value, RowKey key) {
        number((double) value, key);
    }

    @Override
    void real(double value, RowKey key) {
        number(value, key);
        if (isBeyond(value)) {
            notes.note(Trait.BEYOND_MICROSECOND, key);
        }
    }

    /** Whether the double would come back as another; SQLite itself keeps Julian days to the millisecond. */
    private static boolean isBeyond(double value) {
        return switch (unit(value)) {
            case UNIX_SECONDS -> Math.rint(value * 1e6) / 1e6 != value;
            case UNIX_MILLISECONDS -> Math.rint(value * 1e3) / 1e3 != value;
            case UNIX_MICROSECONDS -> Math.rint(value) != value;
            case JULIAN_DAY -> Math.rint(value * 86_400_000.0) / 86_400_000.0 != value;
            default -> false;
        };
    }

    private void number(double value, RowKey key) {
        Trait unit = unit(value);
        notes.note(unit, key);
        if (!isMidnight(value, unit)) {
            notes.note(Trait.NO_MIDNIGHT, key);
        }
    }

    private static boolean isMidnight(double value, Trait unit) {
        return switch (unit) {
            case UNIX_SECONDS -> value % 86_400 == 0;
            case UNIX_MILLISECONDS -> value % 86_400e3 == 0;
            case UNIX_MICROSECONDS -> value % 86_400e6 == 0;
            case JULIAN_DAY -> Math.rint((value - 0.5) * 86_400e3) % 86_400e3 == 0;
            default -> true;
        };
    }

    private static Trait unit(double value) {
        if (value >= FIRST_SECOND && value < END_SECOND) {
            return Trait.UNIX_SECONDS;
        }
        if (value >= FIRST_SECOND * 1e3 && value < END_SECOND * 1e3) {
            return Trait.UNIX_MILLISECONDS;
        }
        if (value >= FIRST_SECOND * 1e6 && value < END_SECOND * 1e6) {
            return Trait.UNIX_MICROSECONDS;
        }
        return value >= FIRST_DAY && value < END_DAY ? Trait.JULIAN_DAY : Trait.AMBIGUOUS_TIME;
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        long reading = TimeText.read(text, start, end);
        if (!TimeText.isReadable(reading)) {
            notes.note(reading == TimeText.IMPOSSIBLE ? Trait.IMPOSSIBLE_TIME : Trait.NO_TIME, key);
            return;
        }
        if (TimeText.isDate(reading)) {
            notes.note(Trait.DATE, key);
            return;
        }
        if (TimeText.isTime(reading)) {
            notes.note(Trait.TIME, key);
        } else {
            notes.note(TimeText.isZoned(reading) ? Trait.ZONED_TIME : Trait.NAIVE_TIME, key);
            if (Math.floorMod(TimeText.micros(reading), MICROS_A_DAY) != 0) {
                notes.note(Trait.TIME_OF_DAY, key);
            }
        }
        if (TimeText.wasRounded(reading) || (unit > 1 && TimeText.micros(reading) % unit != 0)) {
            notes.note(Trait.BEYOND_MICROSECOND, key);
        }
    }
}
