package dev.outgrow.typemap.internal.parse;

/**
 * What stands behind a time to say its zone: {@code Z}, {@code UTC}, {@code +02:00}, {@code +0200}, {@code +02}, and Go's
 * offsets with the name that the zone has for it: {@code +0000 UTC}, {@code +0100 CET}, {@code -0300 -03}.
 */
final class Offsets {
    static final int UNREADABLE = Integer.MIN_VALUE;
    static final int IMPOSSIBLE = Integer.MAX_VALUE;

    /** PostgreSQL takes offsets below 16 hours. */
    private static final int MOST_SECONDS = 16 * 3600;

    private Offsets() {}

    /** Seconds east of Greenwich. */
    static int seconds(byte[] text, int start, int end) {
        int at = text[start] == ' ' ? start + 1 : start;
        if (at == end) {
            return UNREADABLE;
        }
        byte sign = text[at];
        if (sign == 'Z' || sign == 'z') {
            return at + 1 == end ? 0 : UNREADABLE;
        }
        if (sign != '+' && sign != '-') {
            return isUtc(text, at, end) ? 0 : UNREADABLE;
        }
        if (at + 3 > end || TimeText.two(text, at + 1) < 0) {
            return UNREADABLE;
        }
        int hours = TimeText.two(text, at + 1);
        int minutes = 0;
        at += 3;
        int colon = at < end && text[at] == ':' ? 1 : 0;
        if (at + colon + 2 <= end && TimeText.two(text, at + colon) >= 0) {
            minutes = TimeText.two(text, at + colon);
            at += colon + 2;
        } else if (colon != 0) {
            return UNREADABLE;
        }
        int seconds = (hours * 60 + minutes) * 60;
        if (minutes > 59 || seconds >= MOST_SECONDS) {
            return at == end ? IMPOSSIBLE : UNREADABLE;
        }
        seconds = sign == '-' ? -seconds : seconds;
        if (at == end) {
            return seconds;
        }
        return text[at] == ' ' ? named(text, at + 1, end, seconds) : UNREADABLE;
    }

    /** The offset where the name says nothing against it: letters, or the offset once more. */
    private static int named(byte[] text, int start, int end, int seconds) {
        if (start < end && (text[start] == '+' || text[start] == '-')) {
            return end - start <= 5 && seconds(text, start, end) == seconds ? seconds : UNREADABLE;
        }
        if (end - start < 3 || end - start > 5) {
            return UNREADABLE;
        }
        for (int at = start; at < end; at++) {
            if (text[at] < 'A' || text[at] > 'Z') {
                return UNREADABLE;
            }
        }
        return isUtc(text, start, end) && seconds != 0 ? IMPOSSIBLE : seconds;
    }

    private static boolean isUtc(byte[] text, int at, int end) {
        return end - at == 3
                && ((text[at] == 'U' && text[at + 1] == 'T' && text[at + 2] == 'C')
                        || (text[at] == 'G' && text[at + 1] == 'M' && text[at + 2] == 'T'));
    }
}
