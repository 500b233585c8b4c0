package dev.outgrow.typemap.internal.parse;

/**
 * The zone after a time: {@code Z}, {@code UTC}, {@code +02:00}, {@code +0200}, {@code +02}, and Go's offsets with the
 * name that the zone has for it: {@code +0000 UTC}, {@code +0100 CET}, {@code -0300 -03}. After an offset, a region as
 * Java writes it ({@code +01:00[Europe/Paris]}) and the reading of Go's monotonic clock ({@code m=+0.05}) add nothing.
 */
final class Offsets {
    static final int UNREADABLE = Integer.MIN_VALUE;
    static final int IMPOSSIBLE = Integer.MAX_VALUE;

    /** PostgreSQL takes offsets below 16 hours. */
    private static final int MOST_SECONDS = 16 * 3600;

    private Offsets() {}

    /** Where the text ends without the reading of a monotonic clock that Go prints after a time: {@code " m=+0.05"}. */
    static int withoutClock(byte[] text, int start, int end) {
        int at = end;
        while (at > start && (isDigit(text[at - 1]) || text[at - 1] == '.')) {
            at--;
        }
        boolean clock = at < end
                && at - start > 4
                && (text[at - 1] == '+' || text[at - 1] == '-')
                && text[at - 2] == '='
                && text[at - 3] == 'm'
                && text[at - 4] == ' ';
        return clock ? at - 4 : end;
    }

    /** Whether the name of a zone other than UTC stands after the offset. */
    static boolean isNamed(byte[] text, int start, int end) {
        boolean letters = end - start > 3 && text[end - 1] >= 'A' && text[end - 1] <= 'Z' && text[end - 2] >= 'A';
        return letters && !isUtc(text, end - 3, end);
    }

    /** Where it ends without a region after the offset: {@code [Europe/Paris]}, or {@code " Europe/Paris"}. */
    static int withoutRegion(byte[] text, int start, int end) {
        boolean bracketed = end > start && text[end - 1] == ']';
        int last = bracketed ? end - 1 : end;
        int at = last;
        boolean slash = false;
        while (at > start && isOfRegion(text[at - 1])) {
            slash |= text[at - 1] == '/';
            at--;
        }
        if (at == last || at - 1 <= start) {
            return end;
        }
        return bracketed ? (text[at - 1] == '[' ? at - 1 : end) : slash && text[at - 1] == ' ' ? at - 1 : end;
    }

    private static boolean isOfRegion(byte letter) {
        int lower = letter | 0x20;
        return (lower >= 'a' && lower <= 'z')
                || isDigit(letter)
                || letter == '/'
                || letter == '_'
                || letter == '-'
                || letter == '+';
    }

    private static boolean isDigit(byte letter) {
        return letter >= '0' && letter <= '9';
    }

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

    /** The offset if the name does not contradict it: letters, or the offset once more. */
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
