package dev.outgrow.typemap.internal.decode;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date or time of the source as java.time reads it, for the values whose bytes are not what SQLite would write.
 *
 * @param date the date; null of a time alone
 * @param time the time of day to the second
 * @param fraction the part of a second, with all its digits
 * @param offset the offset; null if none is written
 * @param timeless whether it is a date alone
 */
record IsoReading(
        @Nullable LocalDate date,
        LocalTime time,
        BigDecimal fraction,
        @Nullable ZoneOffset offset,
        boolean timeless) {
    private static final Pattern FORM = Pattern.compile("(?:(\\d{4}-\\d\\d-\\d\\d)(?:[ Tt](?=\\d)|$))?"
            + "(?:(\\d\\d:\\d\\d)(?:(:\\d\\d)(\\.\\d+)?)?"
            + "( ?(?:[Zz]|UTC|GMT|([+-]\\d\\d)(?::?(\\d\\d))?( (?:[A-Z]{3,5}|[+-]\\d{2,4}))?)"
            + "(?:\\[[\\w/+-]+]| [\\w+-]+/[\\w/+-]+)?(?: m=[+-][\\d.]+)?)?)?");
    private static final Pattern DIGITS = Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)(?:(\\d\\d)(\\d\\d)(\\d\\d))?");
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);

    /** Reads the text; null if it is no ISO date or time, or one that does not exist. */
    static @Nullable IsoReading of(byte[] text) {
        String written = new String(text, StandardCharsets.ISO_8859_1);
        Matcher digits = DIGITS.matcher(written);
        String iso = !digits.matches()
                ? written
                : digits.replaceFirst(digits.group(4) == null ? "$1-$2-$3" : "$1-$2-$3 $4:$5:$6");
        Matcher parts = FORM.matcher(iso);
        if (text.length == 0 || !parts.matches()) {
            return null;
        }
        try {
            String date = parts.group(1);
            String clock = parts.group(2);
            if (date == null && parts.group(5) != null) {
                return null;
            }
            if (clock == null) {
                return new IsoReading(date(date), LocalTime.MIDNIGHT, BigDecimal.ZERO, null, true);
            }
            String seconds = parts.group(3) == null ? ":00" : parts.group(3);
            String fraction = parts.group(4);
            return new IsoReading(
                    date == null ? null : date(date),
                    time(clock, seconds),
                    fraction == null ? BigDecimal.ZERO : new BigDecimal("0" + fraction),
                    offset(parts),
                    false);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The form is known already, and a parser of times is forty classes. */
    private static LocalDate date(String text) {
        return LocalDate.of(
                Integer.parseInt(text, 0, 4, 10), Integer.parseInt(text, 5, 7, 10), Integer.parseInt(text, 8, 10, 10));
    }

    private static LocalTime time(String clock, String seconds) {
        return LocalTime.of(
                Integer.parseInt(clock, 0, 2, 10),
                Integer.parseInt(clock, 3, 5, 10),
                Integer.parseInt(seconds, 1, 3, 10));
    }

    private static @Nullable ZoneOffset offset(Matcher parts) {
        if (parts.group(5) == null) {
            return null;
        }
        String hours = parts.group(6);
        if (hours == null) {
            return ZoneOffset.UTC;
        }
        String minutes = parts.group(7) == null ? "00" : parts.group(7);
        ZoneOffset offset = ZoneOffset.of(hours + ":" + minutes);
        String name = parts.group(8) == null ? "" : parts.group(8).substring(1);
        boolean wrong = name.matches("UTC|GMT")
                ? offset.getTotalSeconds() != 0
                : name.matches("[+-].*") && !(hours + minutes).equals(name.length() == 3 ? name + "00" : name);
        if (wrong) {
            throw new DateTimeException("an offset that is not that of its zone");
        }
        return offset;
    }

    boolean hasDate() {
        return date != null;
    }

    boolean hasTimeAndDate() {
        return date != null && !timeless;
    }

    boolean hasOffset() {
        return offset != null;
    }

    /** Whether it is a time on 2000-01-01 without an offset, which is how Rails writes a time of day. */
    boolean isOfFirstDay() {
        return EPOCH.equals(date) && offset == null && !timeless;
    }

    /** Whether the clocks of the zone skip it. */
    boolean isSkippedIn(ZoneId zone) {
        return date != null
                && offset == null
                && zone.getRules().getValidOffsets(date.atTime(time)).isEmpty();
    }

    /**
     * Microseconds since 2000-01-01 UTC, or since midnight of a time alone.
     *
     * @param zone the zone of a time that names none
     */
    BigDecimal micros(ZoneId zone) {
        long seconds = time.toSecondOfDay();
        if (date != null) {
            ZoneOffset known =
                    offset != null ? offset : date.atTime(time).atZone(zone).getOffset();
            seconds += (date.toEpochDay() - EPOCH.toEpochDay()) * 86_400L - known.getTotalSeconds();
        }
        return BigDecimal.valueOf(seconds).add(fraction).movePointRight(6);
    }
}
