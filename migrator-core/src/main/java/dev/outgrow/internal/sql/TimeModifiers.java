package dev.outgrow.internal.sql;

import dev.outgrow.typemap.PgType;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The modifiers of SQLite's date functions ("Date And Time Functions", section 3), each from left to right. */
final class TimeModifiers {
    private static final Pattern SHIFT =
            Pattern.compile("([+-]?)(\\d+(?:\\.\\d+)?)\\s+(second|minute|hour|day|month|year)s?");
    private static final Pattern CLOCK = Pattern.compile("([+-])(\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,6})?)?)");
    private static final Pattern WEEKDAY = Pattern.compile("weekday\\s+([0-6])");

    private TimeModifiers() {}

    /**
     * The moment after one modifier.
     *
     * @param constant whether the moment is that of a text, which {@code unixepoch} does not take
     */
    static Term modified(Term timestamp, Term modifier, boolean constant) {
        if (!(modifier.constant() instanceof String text)) {
            throw new UntranslatableException("a date function with a modifier that is not a literal");
        }
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("unixepoch") && !constant) {
            return timestamp;
        }
        if (word.equals("localtime") || word.equals("utc")) {
            throw UntranslatableException.of(
                    "the modifier '%s' means the time zone of the machine that SQLite runs on", word);
        }
        if (word.startsWith("start of ")) {
            String unit = word.substring("start of ".length());
            if (List.of("day", "month", "year").contains(unit)) {
                return call("date_trunc('" + unit + "', {0})", timestamp);
            }
        }
        Matcher weekday = WEEKDAY.matcher(word);
        if (weekday.matches()) {
            int days = Integer.parseInt(weekday.group(1)) + 7;
            return moved(timestamp, "(" + days + " - extract(dow from {1})::integer) % 7 * interval '1 day'");
        }
        Matcher clock = CLOCK.matcher(word);
        if (clock.matches()) {
            return Term.of(
                    TermKind.OPAQUE,
                    PgType.TIMESTAMP,
                    Term.SUM,
                    "{0} " + clock.group(1) + " interval '" + clock.group(2) + "'",
                    timestamp.within(Term.SUM));
        }
        Matcher shift = SHIFT.matcher(word);
        if (!shift.matches()) {
            throw UntranslatableException.of("the modifier '%s' has no counterpart", word);
        }
        return shifted(timestamp, shift.group(1).equals("-") ? "-" : "+", shift.group(2), shift.group(3));
    }

    private static Term shifted(Term timestamp, String sign, String amount, String unit) {
        String interval = "interval '" + amount + " " + unit + "s'";
        if (!unit.equals("month") && !unit.equals("year")) {
            return Term.of(
                    TermKind.OPAQUE,
                    PgType.TIMESTAMP,
                    Term.SUM,
                    "{0} " + sign + " " + interval,
                    timestamp.within(Term.SUM));
        }
        if (amount.indexOf('.') >= 0) {
            throw UntranslatableException.of("a part of a %s has another length in SQLite", unit);
        }
        if (isFirstOfMonth(timestamp)) {
            return Term.of(
                    TermKind.OPAQUE, PgType.TIMESTAMP, Term.SUM, "{0} " + sign + " " + interval, timestamp.sql());
        }
        // The 31st of a shorter month is a day of the next one in SQLite, and the last of that month in PostgreSQL.
        return Term.of(
                TermKind.OPAQUE,
                PgType.TIMESTAMP,
                Term.SUM,
                "date_trunc('month', {0}) " + sign + " " + interval + " + ({1} - date_trunc('month', {0}))",
                timestamp.sql(),
                timestamp.within(Term.SUM));
    }

    private static boolean isFirstOfMonth(Term timestamp) {
        String text = timestamp.sql().text();
        return timestamp.binding() == Term.PRIMARY
                && (text.startsWith("date_trunc('month', ") || text.startsWith("date_trunc('year', "));
    }

    private static Term call(String template, Term timestamp) {
        return Term.call(TermKind.OPAQUE, PgType.TIMESTAMP, template, timestamp.sql());
    }

    private static Term moved(Term timestamp, String distance) {
        return Term.of(
                TermKind.OPAQUE,
                PgType.TIMESTAMP,
                Term.SUM,
                "{0} + " + distance,
                timestamp.within(Term.SUM),
                timestamp.sql());
    }
}
