package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.parse.NumericTime;
import dev.outgrow.typemap.internal.parse.TimeText;
import dev.outgrow.typemap.internal.parse.UnixRange;
import dev.outgrow.typemap.internal.parse.Words;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The formats of times as text, and the units of times as numbers. */
final class TimeTests extends Tests {
    private static final long MICROS_A_DAY = 86_400_000_000L;
    private static final long MICROS_A_QUARTER = 900_000_000L;

    /** How many bytes a date has of a year between 0 and 9999. */
    private static final int DATE_BYTES = 10;

    private static final long SECONDS_TO_2000 = 946_684_800L;

    /** The digits of 1900-01-01, and of the last second of 2100. */
    private static final long FIRST_DIGITS = 19_000_101L;

    private static final long END_DIGITS = 21_010_000_000_000L;

    private final Notes notes;
    /** What numbers count, if a rule says it. */
    private final @Nullable NumericTime named;
    /** The zone whose wall clock matters; null if none was named, or if it has no summer time. */
    private final @Nullable ZoneId zone;
    /** The microseconds of the last digit that the type keeps. */
    private final long unit;

    private final boolean isTimeOfDay;
    private final boolean ofUtc;

    /**
     * Tests for times.
     *
     * @param tried the mapping that is asked for; null if the values decide
     * @param zone the zone that a rule names
     */
    TimeTests(@Nullable TypeMapping tried, @Nullable ZoneId zone, Notes notes) {
        this.notes = notes;
        this.zone = zone == null || zone.getRules().isFixedOffset() ? null : zone;
        named = tried == null ? null : NumericTime.of(tried);
        ofUtc = tried != null && tried.representation() == Representation.UTC_TEXT;
        isTimeOfDay = tried != null && tried.type().kind() == PgType.Kind.TIME;
        int digits = tried == null ? 6 : tried.type().fractionDigits().orElse(6);
        long micros = 1;
        for (int i = digits; i < 6; i++) {
            micros *= 10;
        }
        unit = micros;
    }

    @Override
    void integer(long value, RowKey key) {
        long digits = named == null && value >= FIRST_DIGITS && value < END_DIGITS
                ? TimeText.readDigits(value)
                : TimeText.UNREADABLE;
        if (TimeText.isReadable(digits) && isOfAnApp(value)) {
            notes.note(Trait.DIGIT_NUMBER, key);
            calendar(digits, key);
            return;
        }
        if (value == 0) {
            notes.note(Trait.ZERO_NUMBER, key);
        }
        NumericTime reader = number((double) value, key);
        if (reader != null) {
            kept(reader.micros(value), (double) value, reader.isExact(value), reader, key);
        }
    }

    @Override
    void real(double value, RowKey key) {
        if (value == 0) {
            notes.note(Trait.ZERO_NUMBER, key);
        }
        NumericTime reader = number(value, key);
        if (reader != null) {
            long micros = reader.micros(value);
            kept(micros, value, reader.isExact(value, micros), reader, key);
        }
    }

    /** Whether digits are of a year that applications have times of, so that they are no number of seconds. */
    private static boolean isOfAnApp(long digits) {
        return digits < 21_010_000L || digits >= FIRST_DIGITS * 1_000_000;
    }

    /** Notes the unit of a number, and returns its reader; null if there is none. */
    private @Nullable NumericTime number(double value, RowKey key) {
        UnixRange range = UnixRange.of(value);
        notes.note(range == null ? Trait.AMBIGUOUS_TIME : trait(range), key);
        if (range != null && !isWhole(value, range, 86_400)) {
            notes.note(Trait.NO_MIDNIGHT, key);
            if (!isWhole(value, range, 900)) {
                notes.note(Trait.NO_MIDNIGHT_ANYWHERE, key);
            }
        }
        return named != null ? named : range == null ? null : range.reader();
    }

    private static Trait trait(UnixRange range) {
        return switch (range) {
            case SECONDS -> Trait.UNIX_SECONDS;
            case MILLISECONDS -> Trait.UNIX_MILLISECONDS;
            case MICROSECONDS -> Trait.UNIX_MICROSECONDS;
            case JULIAN_DAYS -> Trait.JULIAN_DAY;
        };
    }

    /** Whether a time is a multiple of so many seconds since midnight. */
    private static boolean isWhole(double value, UnixRange range, int seconds) {
        return switch (range) {
            case SECONDS -> value % seconds == 0;
            case MILLISECONDS -> value % (seconds * 1e3) == 0;
            case MICROSECONDS -> value % (seconds * 1e6) == 0;
            case JULIAN_DAYS -> Math.rint((value - 0.5) * 86_400e3) % (seconds * 1e3) == 0;
        };
    }

    /** Notes digits of a number that its type does not keep. */
    private void kept(long micros, double value, boolean exact, NumericTime reader, RowKey key) {
        if (micros == NumericTime.UNREACHED) {
            return;
        }
        if (!exact || (unit > 1 && micros % unit != 0)) {
            notes.note(Trait.BEYOND_MICROSECOND, key);
            boolean up = !exact && micros % MICROS_A_DAY == 0 && value < reader.number(micros);
            if (up || isRolledOver(micros)) {
                notes.note(Trait.ROLLED_OVER, key);
            }
        }
        instant(micros, key);
    }

    private boolean isRolledOver(long micros) {
        long rest = Math.floorMod(micros, MICROS_A_DAY);
        long last = MICROS_A_DAY - unit / 2;
        return unit > 1 && rest >= last;
    }

    /** Of two instants with the same wall clock, only the second loses something. */
    private void instant(long micros, RowKey key) {
        if (zone == null) {
            return;
        }
        LocalDateTime utc =
                LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L) + SECONDS_TO_2000, 0, ZoneOffset.UTC);
        ZoneOffset offset = zone.getRules().getOffset(utc.toInstant(ZoneOffset.UTC));
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(utc.plusSeconds(offset.getTotalSeconds()));
        if (offsets.size() > 1 && !offsets.get(0).equals(offset)) {
            notes.note(Trait.SHOWN_TWICE, key);
        }
    }

    private void wallClock(long micros, RowKey key) {
        if (zone == null) {
            return;
        }
        int offsets = zone.getRules()
                .getValidOffsets(LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000L) + SECONDS_TO_2000, 0, ZoneOffset.UTC))
                .size();
        if (offsets != 1) {
            notes.note(offsets == 0 ? Trait.SKIPPED_BY_ZONE : Trait.SHOWN_TWICE, key);
        }
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        long reading = TimeText.read(text, start, end);
        if (!TimeText.isReadable(reading)) {
            if (Words.isZeroDate(text, start, end)) {
                notes.note(Trait.ZERO_DATE, key);
            }
            notes.note(reading == TimeText.IMPOSSIBLE ? Trait.IMPOSSIBLE_TIME : Trait.NO_TIME, key);
            return;
        }
        if (TimeText.isInfinite(reading)) {
            notes.note(Trait.INFINITE_TIME, key);
            return;
        }
        if (TimeText.isDigits(reading)) {
            notes.note(Trait.DIGIT_TEXT, key);
        }
        if (TimeText.leavesOut(reading)) {
            notes.note(Trait.MORE_THAN_TIME, key);
            if (hasClock(text, start, end)) {
                notes.note(Trait.MONOTONIC_CLOCK, key);
            }
        }
        if (end - start > DATE_BYTES && text[start] != '-') {
            byte between = text[start + DATE_BYTES];
            if (between == 'T') {
                notes.note(Trait.T_BETWEEN, key);
            } else if (between == ' ') {
                notes.note(Trait.BLANK_BETWEEN, key);
            }
        }
        calendar(reading, key);
    }

    private static boolean hasClock(byte[] text, int start, int end) {
        for (int at = start + 1; at < end; at++) {
            if (text[at] == '=' && text[at - 1] == 'm') {
                return true;
            }
        }
        return false;
    }

    @Override
    void blob(byte[] blob, int start, int end, RowKey key) {
        boolean readable = TimeText.isReadable(TimeText.read(blob, start, end));
        notes.note(readable ? Trait.READABLE_BLOB : Trait.UNREADABLE_BLOB, key);
        if (readable) {
            text(blob, start, end, key);
        }
    }

    /** Notes what a finite reading says. */
    private void calendar(long reading, RowKey key) {
        long micros = TimeText.micros(reading);
        if (TimeText.isDate(reading)) {
            notes.note(Trait.DATE, key);
            wallClock(micros, key);
            return;
        }
        if (TimeText.isTime(reading)) {
            notes.note(Trait.TIME, key);
        } else {
            notes.note(TimeText.isZoned(reading) ? Trait.ZONED_TIME : Trait.NAIVE_TIME, key);
            if (Math.floorMod(micros, MICROS_A_DAY) != 0) {
                notes.note(Trait.TIME_OF_DAY, key);
            }
            if (TimeText.isZoned(reading) && Math.floorMod(micros, MICROS_A_QUARTER) != 0) {
                notes.note(Trait.NO_MIDNIGHT_ANYWHERE, key);
            }
            if (TimeText.isZoned(reading) || ofUtc) {
                instant(micros, key);
            } else if (!isTimeOfDay) {
                wallClock(micros, key);
            }
        }
        if (TimeText.wasRounded(reading) || (unit > 1 && micros % unit != 0)) {
            notes.note(Trait.BEYOND_MICROSECOND, key);
            if (TimeText.rolledOver(reading) || isRolledOver(micros)) {
                notes.note(Trait.ROLLED_OVER, key);
            }
        }
    }
}
