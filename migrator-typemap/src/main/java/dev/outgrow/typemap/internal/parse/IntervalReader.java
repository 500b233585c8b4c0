package dev.outgrow.typemap.internal.parse;

import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one interval: PostgreSQL, "Interval Input". */
final class IntervalReader {
    /** What a quantity of a unit adds to. */
    private enum Part {
        MONTHS,
        DAYS,
        MICROS
    }

    /** A unit: so many of a part. */
    private record Unit(Part part, long each) {}

    private static final BigDecimal DAY = new BigDecimal(86_400_000_000L);
    private static final BigDecimal DAYS_A_MONTH = BigDecimal.valueOf(30);

    private static final Map<String, Unit> UNITS = units();

    private static final Pattern CLOCK =
            Pattern.compile("([+-]?)(\\d{1,10}):(\\d{1,2})(?::(\\d{1,2}(?:\\.\\d*)?))?(?=\\s|$)");
    /** .NET's days and clock, both of the one sign. */
    private static final Pattern DOT_NET = Pattern.compile("(-?)(\\d{1,9})\\.(\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)");

    private static final Pattern YEARS_AND_MONTHS = Pattern.compile("([+-]?)(\\d{1,9})-(\\d{1,2})(?=\\s|$)");
    private static final Pattern QUANTITY =
            Pattern.compile("([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+))(?:\\s*([a-z]+)|(?=\\s|$))");
    private static final Pattern OF_ISO = Pattern.compile("([+-]?\\d+(?:[.,]\\d*)?)([YMWDHS])");

    private final String text;
    private final boolean bare;
    private BigDecimal months = BigDecimal.ZERO;
    private BigDecimal days = BigDecimal.ZERO;
    private BigDecimal micros = BigDecimal.ZERO;

    IntervalReader(String text, boolean bare) {
        this.text = text.strip();
        this.bare = bare;
    }

    private static Map<String, Unit> units() {
        ImmutableMap.Builder<String, Unit> units = ImmutableMap.builder();
        name(
                units,
                Part.MICROS,
                1,
                "us",
                "usec",
                "usecs",
                "usecond",
                "useconds",
                "microsecond",
                "microseconds",
                "microsecon");
        name(
                units,
                Part.MICROS,
                1000,
                "ms",
                "msec",
                "msecs",
                "msecond",
                "mseconds",
                "millisecond",
                "milliseconds",
                "millisecon");
        name(units, Part.MICROS, 1_000_000, "s", "sec", "secs", "second", "seconds");
        name(units, Part.MICROS, 60_000_000, "m", "min", "mins", "minute", "minutes");
        name(units, Part.MICROS, 3_600_000_000L, "h", "hr", "hrs", "hour", "hours");
        name(units, Part.DAYS, 1, "d", "day", "days");
        name(units, Part.DAYS, 7, "w", "week", "weeks");
        name(units, Part.MONTHS, 1, "mon", "mons", "month", "months");
        name(units, Part.MONTHS, 12, "y", "yr", "yrs", "year", "years");
        name(units, Part.MONTHS, 120, "dec", "decs", "decade", "decades");
        name(units, Part.MONTHS, 1200, "c", "cent", "century", "centuries");
        name(units, Part.MONTHS, 12_000, "mil", "mils", "millennia", "millennium");
        return units.buildOrThrow();
    }

    private static void name(ImmutableMap.Builder<String, Unit> units, Part part, long each, String... names) {
        for (String name : names) {
            units.put(name, new Unit(part, each));
        }
    }

    /** The interval; null if the text is not one, or is beyond PostgreSQL's range. */
    @Nullable
    IntervalText read() {
        try {
            boolean read = !text.isEmpty() && (isIso() ? iso() : dotNet() || words());
            BigDecimal rounded = micros.setScale(0, RoundingMode.HALF_EVEN);
            return read
                    ? new IntervalText(
                            months.intValueExact(),
                            days.intValueExact(),
                            rounded.longValueExact(),
                            rounded.compareTo(micros) != 0)
                    : null;
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private boolean isIso() {
        return text.startsWith("P") || text.startsWith("-P") || text.startsWith("+P");
    }

    private boolean dotNet() {
        Matcher parts = DOT_NET.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        Matcher clock = CLOCK.matcher(parts.group(3));
        boolean read = clock.matches() && clock(clock);
        days = new BigDecimal(parts.group(2));
        negateIf(parts.group(1).equals("-"));
        return read;
    }

    private boolean words() {
        String words = text.toLowerCase(Locale.ROOT).replaceFirst("^@\\s*", "");
        boolean ago = words.endsWith(" ago");
        words = ago ? words.substring(0, words.length() - 4).strip() : words;
        int at = 0;
        int numbers = 0;
        while (at < words.length()) {
            Matcher clock = CLOCK.matcher(words).region(at, words.length());
            Matcher years = YEARS_AND_MONTHS.matcher(words).region(at, words.length());
            Matcher quantity = QUANTITY.matcher(words).region(at, words.length());
            if (clock.lookingAt()) {
                if (!clock(clock)) {
                    return false;
                }
                at = clock.end();
            } else if (years.lookingAt()) {
                BigDecimal span = new BigDecimal(years.group(2))
                        .multiply(BigDecimal.valueOf(12))
                        .add(new BigDecimal(years.group(3)));
                months = months.add(years.group(1).equals("-") ? span.negate() : span);
                at = years.end();
            } else if (quantity.lookingAt()) {
                numbers += quantity.group(2) == null ? 1 : 0;
                String rest = words.substring(quantity.end()).strip();
                if (!quantity(quantity, rest) || numbers > 1) {
                    return false;
                }
                at = quantity.end();
            } else {
                return false;
            }
            while (at < words.length() && (Character.isWhitespace(words.charAt(at)) || words.charAt(at) == ',')) {
                at++;
            }
        }
        negateIf(ago);
        return true;
    }

    /** A number with its unit; days before a clock, seconds at the end. */
    private boolean quantity(Matcher quantity, String rest) {
        BigDecimal number = new BigDecimal(quantity.group(1).replaceFirst("\\.$", ""));
        String name = quantity.group(2);
        boolean beforeClock = CLOCK.matcher(rest).lookingAt();
        Unit unit = name != null
                ? UNITS.get(name)
                : beforeClock ? UNITS.get("day") : rest.isEmpty() && bare ? UNITS.get("second") : null;
        if (unit == null) {
            return false;
        }
        add(number, unit);
        return true;
    }

    private boolean clock(Matcher clock) {
        BigDecimal seconds =
                new BigDecimal(clock.group(4) == null ? "0" : clock.group(4).replaceFirst("\\.$", ""));
        long minutes = Long.parseLong(clock.group(3));
        if (minutes > 59 || seconds.compareTo(BigDecimal.valueOf(60)) >= 0) {
            return false;
        }
        BigDecimal time = new BigDecimal(clock.group(2))
                .multiply(BigDecimal.valueOf(3600))
                .add(BigDecimal.valueOf(minutes * 60))
                .add(seconds)
                .movePointRight(6);
        micros = micros.add(clock.group(1).equals("-") ? time.negate() : time);
        return true;
    }

    private boolean iso() {
        boolean signed = !text.startsWith("P");
        String parts = text.substring(signed ? 2 : 1);
        boolean timed = false;
        int at = 0;
        while (at < parts.length()) {
            if (!timed && parts.charAt(at) == 'T' && at + 1 < parts.length()) {
                timed = true;
                at++;
                continue;
            }
            Matcher part = OF_ISO.matcher(parts).region(at, parts.length());
            if (!part.lookingAt()) {
                return false;
            }
            char letter = part.group(2).charAt(0);
            if (timed != (letter == 'H' || letter == 'S' || (letter == 'M' && timed))) {
                return false;
            }
            String name =
                    letter == 'M' ? (timed ? "minute" : "month") : part.group(2).toLowerCase(Locale.ROOT);
            add(
                    new BigDecimal(part.group(1).replace(',', '.').replaceFirst("\\.$", "")),
                    Objects.requireNonNull(UNITS.get(name)));
            at = part.end();
        }
        negateIf(text.startsWith("-"));
        return at > 0;
    }

    /** Parts of a month become days, of which it has 30, and parts of a day become hours and less. */
    private void add(BigDecimal number, Unit unit) {
        BigDecimal amount = number.multiply(BigDecimal.valueOf(unit.each));
        switch (unit.part) {
            case MICROS -> micros = micros.add(amount);
            case DAYS -> addDays(amount);
            case MONTHS -> {
                BigDecimal whole = amount.setScale(0, unit.each == 1 ? RoundingMode.DOWN : RoundingMode.HALF_EVEN);
                months = months.add(whole);
                if (unit.each == 1) {
                    addDays(amount.subtract(whole).multiply(DAYS_A_MONTH));
                }
            }
        }
    }

    private void addDays(BigDecimal amount) {
        BigDecimal whole = amount.setScale(0, RoundingMode.DOWN);
        days = days.add(whole);
        micros = micros.add(amount.subtract(whole).multiply(DAY));
    }

    private void negateIf(boolean negative) {
        if (negative) {
            months = months.negate();
            days = days.negate();
            micros = micros.negate();
        }
    }
}
