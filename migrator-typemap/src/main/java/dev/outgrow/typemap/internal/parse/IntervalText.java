package dev.outgrow.typemap.internal.parse;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An interval as PostgreSQL keeps it, read from PostgreSQL's own form ({@code 1 year 2 mons -3 days +04:05:06.7}), from days and a
 * clock ({@code 3 04:05:06}), or from ISO-8601 ({@code P1Y2M3DT4H5M6.7S}).
 *
 * @param months years and months
 * @param days days
 * @param micros hours, minutes and seconds, in microseconds
 */
public record IntervalText(int months, int days, long micros) {
    private static final Pattern CLOCK = Pattern.compile("([+-]?)(\\d{1,9}):(\\d\\d)(?::(\\d\\d)(\\.\\d{1,6})?)?");
    private static final Pattern UNIT =
            Pattern.compile("([+-]?\\d{1,9}) (year|mon|month|week|day|hour|hr|minute|min|second|sec)s?(?: |$)");
    private static final Pattern ISO =
            Pattern.compile("P(?:([+-]?\\d{1,9})Y)?(?:([+-]?\\d{1,9})M)?(?:([+-]?\\d{1,9})W)?(?:([+-]?\\d{1,9})D)?"
                    + "(?:T(?:([+-]?\\d{1,9})H)?(?:([+-]?\\d{1,9})M)?(?:([+-]?\\d{1,9}(?:\\.\\d{1,6})?)S)?)?");
    private static final Pattern DAYS = Pattern.compile("([+-]?\\d{1,9})(?: days?,?)? (?=[+-]?\\d+:)");
    private static final long HOUR = 3_600_000_000L;
    private static final long MINUTE = 60_000_000L;

    /** Reads the text; null where it is no interval. */
    public static @Nullable IntervalText read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
        try {
            if (text.startsWith("P")) {
                return iso(text);
            }
            Matcher clock = CLOCK.matcher(text);
            if (clock.matches()) {
                return new IntervalText(0, 0, clock(clock));
            }
            Matcher days = DAYS.matcher(text);
            if (days.lookingAt() && CLOCK.matcher(text.substring(days.end())).matches()) {
                Matcher rest = CLOCK.matcher(text.substring(days.end()));
                return rest.matches() ? new IntervalText(0, Integer.parseInt(days.group(1)), clock(rest)) : null;
            }
            return units(text.toLowerCase(Locale.ROOT));
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static long clock(Matcher clock) {
        long micros = Math.multiplyExact(Long.parseLong(clock.group(2)), HOUR)
                + Long.parseLong(clock.group(3)) * MINUTE
                + seconds(
                        clock.group(4) == null ? "0" : clock.group(4) + (clock.group(5) == null ? "" : clock.group(5)));
        return clock.group(1).equals("-") ? -micros : micros;
    }

    private static @Nullable IntervalText iso(String text) {
        Matcher parts = ISO.matcher(text);
        if (!parts.matches() || text.length() < 3 || text.endsWith("T")) {
            return null;
        }
        return new IntervalText(
                Math.toIntExact(number(parts.group(1)) * 12 + number(parts.group(2))),
                Math.toIntExact(number(parts.group(3)) * 7 + number(parts.group(4))),
                number(parts.group(5)) * HOUR
                        + number(parts.group(6)) * MINUTE
                        + (parts.group(7) == null ? 0 : seconds(parts.group(7))));
    }

    private static @Nullable IntervalText units(String text) {
        long months = 0;
        long days = 0;
        long micros = 0;
        int at = 0;
        Matcher unit = UNIT.matcher(text);
        while (at < text.length() && unit.find(at) && unit.start() == at) {
            long number = Long.parseLong(unit.group(1));
            switch (unit.group(2)) {
                case "year" -> months += number * 12;
                case "mon", "month" -> months += number;
                case "week" -> days += number * 7;
                case "day" -> days += number;
                case "hour", "hr" -> micros += number * HOUR;
                case "minute", "min" -> micros += number * MINUTE;
                default -> micros += number * 1_000_000;
            }
            at = unit.end();
        }
        if (at < text.length() && at > 0) {
            Matcher clock = CLOCK.matcher(text.substring(at));
            if (!clock.matches()) {
                return null;
            }
            micros += clock(clock);
        } else if (at == 0) {
            return null;
        }
        return new IntervalText(Math.toIntExact(months), Math.toIntExact(days), micros);
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static long seconds(String digits) {
        return new BigDecimal(digits).movePointRight(6).longValueExact();
    }
}
