package dev.outgrow.typemap.internal.parse;

/**
 * Dates and times as apps write them for SQLite: ISO-8601 with a blank or {@code T}, with or without seconds, fraction
 * and offset, Go's form with {@code +0000 UTC} at its end, the 14 or 8 digits of MediaWiki, and {@code infinity}. A
 * reading is one {@code long}, so that no value allocates: microseconds since 2000-01-01 00:00:00 UTC and, in the
 * lowest bits, what was written. A text without an offset is read as if it were UTC; the caller moves it if a zone was
 * named.
 */
public final class TimeText {
    /** Not the text of a date or time. */
    public static final long UNREADABLE = Long.MIN_VALUE;
    /** The form of one, but there is no such day, hour, minute, second or offset. */
    public static final long IMPOSSIBLE = Long.MIN_VALUE + 1;

    /** Later than any time, and earlier than any: PostgreSQL's {@code infinity} and {@code -infinity}. */
    public static final long INFINITY = Long.MAX_VALUE;

    public static final long MINUS_INFINITY = Long.MIN_VALUE + 2;

    private static final int DIGITS_OF_DATE = 8;
    private static final int DIGITS_OF_TIME = 14;
    private static final byte[] INFINITE = {'i', 'n', 'f', 'i', 'n', 'i', 't', 'y'};

    private static final int FLAG_BITS = 5;
    private static final int KIND_MASK = 3;
    private static final int DATE_KIND = 0;
    private static final int TIME_KIND = 1;
    private static final int NAIVE_KIND = 2;
    private static final int ZONED_KIND = 3;
    /**
     * In the three bits above the kind: what became of the fraction, and more if something is left out, or 14 or 8
     * digits.
     */
    private static final int WRITTEN_SHIFT = 2;

    private static final int ROUNDED = 1;
    private static final int ROLLED_OVER = 2;
    private static final int LEFT_OUT = 3;
    private static final int DIGITS_ALONE = 6;

    private static final long MICROS_A_DAY = 86_400_000_000L;
    private static final int DAYS_TO_2000 = 10_957;

    /** By the number of the month, in a leap year. */
    private static final byte[] DAYS_IN = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /** The 29th of February, as the month's number times 32 plus the day. */
    private static final int LEAP_DAY = 2 * 32 + 29;

    private TimeText() {}

    /** Reads a part of an array; {@link #UNREADABLE} or {@link #IMPOSSIBLE} if that fails. */
    public static long read(byte[] text, int start, int end) {
        int length = end - start;
        if (length >= 5 && text[start + 2] == ':') {
            return clock(text, start, end, TIME_KIND, 0);
        }
        if (length < 10 || text[start + 4] != '-' || text[start + 7] != '-') {
            return other(text, start, end);
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
        long midnight = midnight(year, month, day);
        if (length == 10) {
            return midnight << FLAG_BITS;
        }
        if (length < 16 || !timed || text[start + 13] != ':') {
            return UNREADABLE;
        }
        return clock(text, start + 11, end, NAIVE_KIND, midnight);
    }

    private static long midnight(int year, int month, int day) {
        return days(year, month, day) * MICROS_A_DAY;
    }

    /** What has no hyphens in the places of a date. */
    private static long other(byte[] text, int start, int end) {
        int length = end - start;
        if ((length == DIGITS_OF_DATE || length == DIGITS_OF_TIME) && digits(text, start, end) == length) {
            long number = 0;
            for (int at = start; at < end; at++) {
                number = number * 10 + text[at] - '0';
            }
            return ofDigits(number, length == DIGITS_OF_TIME);
        }
        boolean signed = length > 0 && (text[start] == '-' || text[start] == '+');
        int word = signed ? start + 1 : start;
        if (end - word != INFINITE.length) {
            return UNREADABLE;
        }
        for (int i = 0; i < INFINITE.length; i++) {
            if ((text[word + i] | 0x20) != INFINITE[i]) {
                return UNREADABLE;
            }
        }
        return signed && text[start] == '-' ? MINUS_INFINITY : INFINITY;
    }

    /** Reads a number whose digits are a date, such as 20261122, or a time, such as 20261122075401; of the years 1000 to 9999. */
    public static long readDigits(long number) {
        boolean timed = number >= 10_000_000_000_000L && number < 100_000_000_000_000L;
        return timed || (number >= 10_000_000L && number < 100_000_000L) ? ofDigits(number, timed) : UNREADABLE;
    }

    private static long ofDigits(long number, boolean timed) {
        int date = (int) (timed ? number / 1_000_000 : number);
        int clock = timed ? (int) (number % 1_000_000) : 0;
        int month = date / 100 % 100;
        int day = date % 100;
        int hour = clock / 10_000;
        int minute = clock / 100 % 100;
        int second = clock % 100;
        if (month == 0 || month > 12 || !exists(date / 10_000, month, day) || hour > 23 || minute > 59 || second > 59) {
            return IMPOSSIBLE;
        }
        long micros = midnight(date / 10_000, month, day) + ((hour * 60L + minute) * 60 + second) * 1_000_000;
        return micros << FLAG_BITS | (timed ? NAIVE_KIND : DATE_KIND) | DIGITS_ALONE << WRITTEN_SHIFT;
    }

    /** Whether it is {@link #INFINITY} or {@link #MINUS_INFINITY}, of which nothing else can be asked. */
    public static boolean isInfinite(long reading) {
        return reading == INFINITY || reading == MINUS_INFINITY;
    }

    /** Whether a clock of Go's or the name of a zone stood after it, which says nothing of when it was. */
    public static boolean leavesOut(long reading) {
        int written = written(reading);
        return written >= LEFT_OUT && written < DIGITS_ALONE;
    }

    /** Whether it was written as 14 or 8 digits. */
    public static boolean isDigits(long reading) {
        return written(reading) == DIGITS_ALONE;
    }

    private static int written(long reading) {
        return (int) (reading >> WRITTEN_SHIFT) & 7;
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

    /** Whether it is a date and time in ISO's form, without an offset. */
    public static boolean isPlainNaive(long reading) {
        return isReadable(reading) && !isInfinite(reading) && isNaive(reading) && !isDigits(reading);
    }

    public static boolean isZoned(long reading) {
        return (reading & KIND_MASK) == ZONED_KIND;
    }

    /** Whether a digit other than zero stood beyond the microsecond. */
    public static boolean wasRounded(long reading) {
        return !isDigits(reading) && written(reading) % LEFT_OUT != 0;
    }

    /** Whether the rounding made it the next day. */
    public static boolean rolledOver(long reading) {
        return written(reading) % LEFT_OUT == ROLLED_OVER;
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
        int written = 0;
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
                written = (int) (read & 1) * ROUNDED;
                at += 1 + digits;
            }
        }
        boolean impossible = hour > 23 || minute > 59 || second > 59;
        long timeOfDay = ((hour * 60L + minute) * 60 + second) * 1_000_000 + fraction;
        written = timeOfDay == MICROS_A_DAY ? ROLLED_OVER : written;
        long micros = midnight + timeOfDay;
        int zoned = kind;
        if (at < end) {
            if (kind == TIME_KIND) {
                return UNREADABLE;
            }
            int ends = Offsets.withoutClock(text, at, end);
            int known = Offsets.withoutRegion(text, at, ends);
            int offset = at == known ? Offsets.UNREADABLE : Offsets.seconds(text, at, known);
            written += known < end || Offsets.isNamed(text, at, known) ? LEFT_OUT : 0;
            if (offset == Offsets.UNREADABLE) {
                return UNREADABLE;
            }
            impossible |= offset == Offsets.IMPOSSIBLE;
            micros -= offset * 1_000_000L;
            zoned = ZONED_KIND;
        }
        return impossible ? IMPOSSIBLE : micros << FLAG_BITS | written << WRITTEN_SHIFT | zoned;
    }

    /**
     * Microseconds in all bits but the lowest, which says whether something was rounded off; ties are rounded to even.
     */
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

    /** The number of two digits; negative if one of them is none. */
    static int two(byte[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return (tens | ones | 9 - tens | 9 - ones) < 0 ? -10_000 : tens * 10 + ones;
    }

    /**
     * Whether a month has this day. Rows often come in the order of time: the compiler would see a branch for each kind
     * of month only when that month comes, and compile again then.
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
