package dev.outgrow.typemap.internal.decode;

import java.util.Arrays;

/** A time of the target as SQLite's own functions write it, in a reused array. */
final class RenderedTime {
    private static final long MICROS_A_DAY = 86_400_000_000L;
    /** 0000-03-01, from which years of 366 days end with their leap day, is this many days before 2000-01-01. */
    private static final int MARCH_OF_YEAR_0 = 730_425;

    private final byte[] bytes = new byte[48];
    private int length;
    private int clockEnd;
    private long renderedDay = Long.MIN_VALUE;

    void date(long day) {
        if (day == renderedDay) {
            length = 10;
        } else {
            length = 0;
            putDay(day);
        }
        clockEnd = length;
    }

    void time(long micros) {
        renderedDay = Long.MIN_VALUE;
        length = 0;
        putClock(micros);
        clockEnd = length;
    }

    void timestamp(long micros) {
        long day = Math.floorDiv(micros, MICROS_A_DAY);
        date(day);
        bytes[length++] = ' ';
        putClock(micros - day * MICROS_A_DAY);
        clockEnd = length;
    }

    /** A word instead of a time. */
    void word(String word) {
        renderedDay = Long.MIN_VALUE;
        length = 0;
        for (int i = 0; i < word.length(); i++) {
            bytes[length++] = (byte) word.charAt(i);
        }
        clockEnd = 0;
    }

    /** The digits alone, of a date or of a time without a fraction; others stay as they are. */
    void digitsAlone() {
        if (length != 10 && length != 19) {
            return;
        }
        renderedDay = Long.MIN_VALUE;
        int kept = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                bytes[kept++] = bytes[i];
            }
        }
        length = kept;
        clockEnd = 0;
    }

    /** Appends {@code +00:00}. */
    void offset(int seconds) {
        int minutes = Math.abs(seconds) / 60;
        bytes[length++] = (byte) (seconds < 0 ? '-' : '+');
        putTwo(minutes / 60);
        bytes[length++] = ':';
        putTwo(minutes % 60);
    }

    boolean isSame(byte[] text) {
        return text.length == length && Arrays.equals(text, 0, length, bytes, 0, length);
    }

    /**
     * Whether a text is this timestamp in one of the most common forms: {@code T} for the blank, trailing zeros of the
     * fraction, {@code Z} or {@code +00:00} or nothing after it.
     */
    boolean isAlike(byte[] text) {
        int clock = clockEnd;
        if (text.length < clock
                || clock < 19
                || bytes[4] != '-'
                || (text[10] != ' ' && text[10] != 'T')
                || !Arrays.equals(text, 0, 10, bytes, 0, 10)
                || !Arrays.equals(text, 11, clock, bytes, 11, clock)) {
            return false;
        }
        int at = clock;
        if (at < text.length && (at > 19 || text[at] == '.')) {
            int zeros = at == 19 ? at + 1 : at;
            while (zeros < text.length && text[zeros] == '0') {
                zeros++;
            }
            at = zeros;
        }
        int left = text.length - at;
        return left == 0
                || (left == 1 && text[at] == 'Z')
                || (left == 6
                        && text[at] == '+'
                        && text[at + 1] == '0'
                        && text[at + 2] == '0'
                        && text[at + 3] == ':'
                        && text[at + 4] == '0'
                        && text[at + 5] == '0');
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /**
     * The timestamp of which a text is the rendering, or any other number if it is none: rendering that shows which. It takes no help
     * from the reader of the encoders, whose mistakes it must show.
     */
    static long micros(byte[] text) {
        if (text.length < 19 || text.length > 26) {
            return 0;
        }
        int month = number(text, 5, 7);
        int year = number(text, 0, 4) - (month <= 2 ? 1 : 0);
        int fromMarchMonth = month <= 2 ? month + 9 : month - 3;
        long day = 365L * year
                + year / 4
                - year / 100
                + year / 400
                + (153 * fromMarchMonth + 2) / 5
                + number(text, 8, 10)
                - 1
                - MARCH_OF_YEAR_0;
        long seconds = (number(text, 11, 13) * 60L + number(text, 14, 16)) * 60 + number(text, 17, 19);
        long fraction = text.length < 20 ? 0 : number(text, 20, text.length);
        for (int digits = text.length; digits < 26; digits++) {
            fraction *= 10;
        }
        return day * MICROS_A_DAY + seconds * 1_000_000 + fraction;
    }

    private static int number(byte[] text, int from, int upTo) {
        int number = 0;
        for (int i = from; i < upTo; i++) {
            number = 10 * number + text[i] - '0';
        }
        return number;
    }

    private void putDay(long day) {
        long fromMarch = day + MARCH_OF_YEAR_0;
        long era = Math.floorDiv(fromMarch, 146_097L);
        int dayOfEra = (int) (fromMarch - era * 146_097L);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int fromMarchMonth = (5 * dayOfYear + 2) / 153;
        int month = fromMarchMonth < 10 ? fromMarchMonth + 3 : fromMarchMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        if (year < 0 || year > 9999) {
            renderedDay = Long.MIN_VALUE;
            putLargeYear(year);
        } else {
            renderedDay = day;
            putTwo((int) year / 100);
            putTwo((int) year % 100);
        }
        bytes[length++] = '-';
        putTwo(month);
        bytes[length++] = '-';
        putTwo(dayOfYear - (153 * fromMarchMonth + 2) / 5 + 1);
    }

    /** A year beyond four digits, with its sign, as SQLite never writes one. */
    private void putLargeYear(long year) {
        bytes[length++] = (byte) (year < 0 ? '-' : '+');
        String digits = Long.toString(Math.abs(year));
        for (int i = 0; i < digits.length(); i++) {
            bytes[length++] = (byte) digits.charAt(i);
        }
    }

    private void putClock(long micros) {
        int seconds = (int) (micros / 1_000_000);
        int fraction = (int) (micros % 1_000_000);
        putTwo(seconds / 3600);
        bytes[length++] = ':';
        putTwo(seconds / 60 % 60);
        bytes[length++] = ':';
        putTwo(seconds % 60);
        if (fraction != 0) {
            bytes[length++] = '.';
            for (int unit = 100_000; fraction != 0; unit /= 10) {
                bytes[length++] = (byte) ('0' + fraction / unit);
                fraction %= unit;
            }
        }
    }

    private void putTwo(int number) {
        bytes[length++] = (byte) ('0' + number / 10);
        bytes[length++] = (byte) ('0' + number % 10);
    }
}
