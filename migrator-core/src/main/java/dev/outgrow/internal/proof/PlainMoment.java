package dev.outgrow.internal.proof;

/**
 * Reads a date, or a date and a time of day, that is written in full and without an offset: nearly every one is. In plain arithmetic,
 * since views hold thousands of them, and a pattern and the classes of java.time take longer than the query does. Not by the reader
 * of the encoders: what proves a translation shares nothing with what wrote the values.
 */
final class PlainMoment {
    /** Stands for all other texts. */
    static final long OTHER = Long.MIN_VALUE;

    private static final int DATE = 10;
    private static final int MINUTES = 16;
    private static final int SECONDS = 19;
    private static final int MICROSECONDS = 26;
    private static final int[] DAYS_BEFORE = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    private static final int[] DAYS_OF_MONTH = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /** From the first of January of the year 0 to that of 1970. */
    private static final long DAYS_BEFORE_1970 = 719_528;

    private PlainMoment() {}

    /**
     * The microseconds since 1970 of {@code 2026-07-04}, {@code 2026-07-04 12:30}, {@code 2026-07-04T12:30:15.5} and the like.
     *
     * @return {@link #OTHER} if it is no such text, or no such day
     */
    static long microseconds(String iso) {
        int length = iso.length();
        if (length != DATE
                && length != MINUTES
                && (length < SECONDS || length == SECONDS + 1 || length > MICROSECONDS)) {
            return OTHER;
        }
        long days = iso.charAt(4) == '-' && iso.charAt(7) == '-'
                ? days(number(iso, 0, 4), number(iso, 5, 7), number(iso, 8, DATE))
                : OTHER;
        long ofDay = length == DATE ? 0 : ofDay(iso, length);
        return days == OTHER || ofDay < 0 ? OTHER : days * 86_400_000_000L + ofDay;
    }

    private static long days(int year, int month, int day) {
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > DAYS_OF_MONTH[month - 1]) {
            return OTHER;
        }
        boolean leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
        if (month == 2 && day == 29 && !leap) {
            return OTHER;
        }
        int leapsBefore = year == 0 ? 0 : (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 + 1;
        return year * 365L
                + leapsBefore
                + DAYS_BEFORE[month - 1]
                + (leap && month > 2 ? 1 : 0)
                + day
                - 1
                - DAYS_BEFORE_1970;
    }

    /** The microseconds since midnight; negative if it is no time of day. */
    private static long ofDay(String iso, int length) {
        char between = iso.charAt(DATE);
        boolean seconds = length > MINUTES;
        if ((between != ' ' && between != 'T')
                || iso.charAt(13) != ':'
                || (seconds && iso.charAt(MINUTES) != ':')
                || (length > SECONDS && iso.charAt(SECONDS) != '.')) {
            return -1;
        }
        int hour = number(iso, 11, 13);
        int minute = number(iso, 14, MINUTES);
        int second = seconds ? number(iso, 17, SECONDS) : 0;
        int fraction = length > SECONDS ? number(iso, SECONDS + 1, length) : 0;
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || fraction < 0) {
            return -1;
        }
        for (int digits = length; length > SECONDS && digits < MICROSECONDS; digits++) {
            fraction *= 10;
        }
        return ((hour * 60L + minute) * 60 + second) * 1_000_000 + fraction;
    }

    /** The number that these digits are; negative if there are others among them. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
