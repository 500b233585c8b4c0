package dev.outgrow.typemap.internal.parse;

/**
 * Dates and times as apps write them for SQLite: ISO-8601 with a blank or {@code T}, with or without seconds, fraction and
 * offset, and Go's form with {@code +0000 UTC} at its end. A reading is one {@code long}, so that no value allocates:
 * microseconds since 2000-01-01 00:00:00 UTC and, in the lowest bits, what was written. A text without an offset is read
 * as if it were UTC; the caller moves it where a zone was named.
 */
public final class TimeText {
    /** Not the text of a date or time. */
    public static final long UNREADABLE = Long.MIN_VALUE;
    /** The form of one, but there is no such day, hour, minute, second or offset. */
    public static final long IMPOSSIBLE = Long.MIN_VALUE + 1;

    private static final int FLAG_BITS = 5;
    private static final int KIND_MASK = 3;
    private static final int DATE_KIND = 0;
    private static final int TIME_KIND = 1;
    private static final int NAIVE_KIND = 2;
    private static final int ZONED_KIND = 3;
    private static final int ROUNDED = 4;
    private static final int ROLLED_OVER = 8;

    private static final long MICROS_A_DAY = 86_400_000_000L;
    private static final int DAYS_TO_2000 = 10_957;

    /** By the number of the month, in a leap year. */
    private static final byte[] DAYS_IN = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /** The 29th of February, as the month's number times 32 plus the day. */
    private static final int LEAP_DAY = 2 * 32 + 29;

    private TimeText() {}

    /** Reads a part of an array; {@link #UNREADABLE} or {@link #IMPOSSIBLE} where that fails. */
    public static long read(byte[] text, int start, int end) {
        int length = end - start;
        if (length >= 5 && text[start + 2] == ':') {
            return clock(text, start, end, TIME_KIND, 0);
        }
        if (length < 10 || text[start + 4] != '-' || text[start + 7] != '-') {
            return UNREADABLE;
        }
        int century = two(text, start);
        int yearOfCentury = two(text, start + 2);
        int month = two(text, start + 5);
        int day = two(text, start + 8);
        if (century < 0 || yearOfCentury < 0 || month < 0 || day < 0) {
            return UNREADABLE;
        }
        int year = century * 100 + yearOfCentury;
        boolean timed = length > 10 && isBetween(text[start + 10]);
        if (month == 0 || month > 12 || !exists(year, month, day)) {
            return length == 10 || timed ? IMPOSSIBLE : UNREADABLE;
        }
        long midnight = days(year, month, day) * MICROS_A_DAY;
        if (length == 10) {
            return midnight << FLAG_BITS;
        }
        if (length < 16 || !timed || text[start + 13] != ':') {
            return UNREADABLE;
        }
        return clock(text, start + 11, end, NAIVE_KIND, midnight);
    }

    /** What may stand between a date and a time. */
    private static boolean isBetween(byte letter) {
        return letter == ' ' || letter == 'T' || letter == 't';
    }

    public static boolean isReadable(long reading) {
        return reading != UNREADABLE && reading != IMPOSSIBLE;
    }

    /** Microseconds since 2000-01-01 00:00:00 UTC; of a time alone, since midnight. */
    public static long micros(long reading) {
        return reading >> FLAG_BITS;
    }

    public static boolean isDate(long reading) {
        return (reading & KIND_MASK) == DATE_KIND;
    }

    public static boolean isTime(long reading) {
        return (reading & KIND_MASK) == TIME_KIND;
    }

    public static boolean isNaive(long reading) {
        return (reading & KIND_MASK) == NAIVE_KIND;
    }

    public static boolean isZoned(long reading) {
        return (reading & KIND_MASK) == ZONED_KIND;
    }

    /** Whether a digit other than zero stood beyond the microsecond. */
    public static boolean wasRounded(long reading) {
        return (reading & ROUNDED) != 0;
    }

    /** Whether the rounding made it the next day. */
    public static boolean rolledOver(long reading) {
        return (reading & ROLLED_OVER) != 0;
    }

    private static long clock(byte[] text, int start, int end, int kind, long midnight) {
        int hour = two(text, start);
        int minute = two(text, start + 3);
        if (hour < 0 || minute < 0) {
            return UNREADABLE;
        }
        int at = start + 5;
        int second = 0;
        long fraction = 0;
        int flags = kind;
        if (at < end && text[at] == ':') {
            if (at + 3 > end) {
                return UNREADABLE;
            }
            second = two(text, at + 1);
            if (second < 0) {
                return UNREADABLE;
            }
            at += 3;
            if (at < end && text[at] == '.') {
                int digits = digits(text, at + 1, end);
                if (digits == 0) {
                    return UNREADABLE;
                }
                long read = fraction(text, at + 1, digits);
                fraction = read >> 1;
                flags |= (read & 1) != 0 ? ROUNDED : 0;
                at += 1 + digits;
            }
        }
        boolean impossible = hour > 23 || minute > 59 || second > 59;
        long timeOfDay = ((hour * 60L + minute) * 60 + second) * 1_000_000 + fraction;
        flags |= timeOfDay == MICROS_A_DAY ? ROLLED_OVER : 0;
        long micros = midnight + timeOfDay;
        if (at < end) {
            if (kind == TIME_KIND) {
                return UNREADABLE;
            }
            int offset = Offsets.seconds(text, at, end);
            if (offset == Offsets.UNREADABLE) {
                return UNREADABLE;
            }
            impossible |= offset == Offsets.IMPOSSIBLE;
            micros -= offset * 1_000_000L;
            flags |= ZONED_KIND;
        }
        return impossible ? IMPOSSIBLE : micros << FLAG_BITS | flags;
    }

    /** Microseconds in all bits but the lowest, which says whether something was rounded off; a tie goes to the even. */
    private static long fraction(byte[] text, int start, int digits) {
        long micros = 0;
        for (int i = 0; i < 6; i++) {
            micros = micros * 10 + (i < digits ? text[start + i] - '0' : 0);
        }
        if (digits <= 6) {
            return micros << 1;
        }
        boolean more = false;
        for (int i = 7; i < digits; i++) {
            more |= text[start + i] != '0';
        }
        int seventh = text[start + 6] - '0';
        if (seventh == 0 && !more) {
            return micros << 1;
        }
        boolean up = seventh > 5 || (seventh == 5 && (more || (micros & 1) != 0));
        return (up ? micros + 1 : micros) << 1 | 1;
    }

    static int digits(byte[] text, int start, int end) {
        int at = start;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at - start;
    }

    /** The number of two digits; negative where one of them is none. */
    static int two(byte[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return (tens | ones | 9 - tens | 9 - ones) < 0 ? -10_000 : tens * 10 + ones;
    }

    /**
     * Whether a month has this day. Rows often come in the order of time: a branch for each kind of month would be one that the
     * compiler has not seen taken until that month comes, and compiles anew then.
     */
    private static boolean exists(int year, int month, int day) {
        if (day == 0 || day > DAYS_IN[month]) {
            return false;
        }
        return month * 32 + day != LEAP_DAY || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    }

    /** Days since 2000-01-01 in the proleptic Gregorian calendar, which both databases use. */
    private static long days(int year, int month, int day) {
        int monthFromMarch = (month + 9) % 12;
        int shifted = year - monthFromMarch / 10;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468 - DAYS_TO_2000;
    }
}
