package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.TimeZone;

/**
 * Dates from the milliseconds that a {@code java.sql.Date} has: those of a day's beginning in the zone of the JVM, as {@code java.util}
 * reckons it. Until 4 October 1582 that is by the Julian calendar, and before 1900 with offsets of its own, which {@code java.time} and
 * PostgreSQL do not share (seen on JDK 17 and 25).
 */
final class SqlDateEncoder implements ValueEncoder {
    private static final long MILLIS_A_DAY = 86_400_000;
    private static final long DAYS_TO_2000 = 10_957;

    /** 15 October 1582, the first day of the Gregorian calendar, in days since 1970. */
    private static final long FIRST_GREGORIAN = -141_427;

    /** 1 March of the year 0 by the Julian calendar, from which years end with their leap day, in days since 1970. */
    private static final long JULIAN_MARCH_OF_YEAR_0 = -719_470;

    private static final int DAYS_OF_FOUR_YEARS = 1461;

    /** 4713-11-24 BC, the first day in PostgreSQL's range, and the day after the last one, in days since 2000. */
    private static final long FIRST_DAY = -2_451_545;

    private static final long END_DAY = 2_145_031_949;

    private final TimeZone zone;

    SqlDateEncoder(ZoneId zone) {
        this.zone = TimeZone.getTimeZone(zone);
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        switch (value.storageClass()) {
            case NULL -> out.putNull();
            case TEXT -> throw new UnfitValueException(Misfit.Kind.TEXT_FOR_NUMBER_OF_TIME);
            case BLOB -> throw new UnfitValueException(Misfit.Kind.BLOB_FOR_TIME);
            case INTEGER -> put(value.integer(), out);
            case REAL -> {
                if (Math.abs(value.real()) >= Long.MAX_VALUE) {
                    throw new UnfitValueException(Misfit.Kind.UNREACHED_TIME);
                }
                if (value.real() != Math.rint(value.real())) {
                    throw new UnfitValueException(Misfit.Kind.NUMBER_WITH_TIME_OF_DAY);
                }
                put((long) value.real(), out);
            }
        }
    }

    private void put(long millis, CopyBuffer out) {
        long wall = millis + zone.getOffset(millis);
        long day = Math.floorDiv(wall, MILLIS_A_DAY);
        // The clocks of some zones skip midnight; then a day begins with the first instant that follows.
        boolean begins = wall == day * MILLIS_A_DAY
                || Math.floorDiv(millis - 1 + zone.getOffset(millis - 1), MILLIS_A_DAY) != day;
        if (!begins) {
            throw new UnfitValueException(Misfit.Kind.NUMBER_WITH_TIME_OF_DAY);
        }
        long sinceThe2000s = (day >= FIRST_GREGORIAN ? day : gregorian(day)) - DAYS_TO_2000;
        if (sinceThe2000s < FIRST_DAY || sinceThe2000s >= END_DAY) {
            throw new UnfitValueException(Misfit.Kind.UNREACHED_TIME);
        }
        out.putInt(4);
        out.putInt((int) sinceThe2000s);
    }

    /** The day that has the name in the Gregorian calendar which a day has in the Julian one. */
    private static long gregorian(long julian) {
        long since = julian - JULIAN_MARCH_OF_YEAR_0;
        long fours = Math.floorDiv(since, DAYS_OF_FOUR_YEARS);
        int rest = (int) (since - fours * DAYS_OF_FOUR_YEARS);
        int yearOfFour = Math.min(rest / 365, 3);
        int dayOfYear = rest - yearOfFour * 365;
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        long year = fours * 4 + yearOfFour + (monthFromMarch < 10 ? 0 : 1);
        try {
            return LocalDate.of(
                            Math.toIntExact(year),
                            monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9,
                            dayOfMonth)
                    .toEpochDay();
        } catch (DateTimeException e) {
            // 29 February 1500 and its like, which the Gregorian calendar does not have.
            throw new UnfitValueException(Misfit.Kind.IMPOSSIBLE_TIME);
        } catch (ArithmeticException e) {
            throw new UnfitValueException(Misfit.Kind.UNREACHED_TIME);
        }
    }
}
