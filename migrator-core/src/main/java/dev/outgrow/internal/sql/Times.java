package dev.outgrow.internal.sql;

import dev.outgrow.typemap.PgType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Points in time: those of mapped columns, of constants, and their text as SQLite writes it. */
final class Times {
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:[ T](\\d{2}:\\d{2})(:\\d{2})?(\\.\\d{1,9})?)?\\s*(Z|z|[+-]\\d{2}:\\d{2})?");
    private static final Pattern TIME = Pattern.compile("(\\d{2}:\\d{2})(:\\d{2})?(\\.\\d{1,9})?");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private Times() {}

    /** The very present, in UTC. */
    static Term now() {
        return Term.call(TermKind.OPAQUE, PgType.TIMESTAMP, "timezone('UTC', now())");
    }

    /** The value of a mapped column as a {@code timestamp} in UTC. */
    static Term timestampOf(Term term) {
        return switch (term.type().kind()) {
            case TIMESTAMP -> term;
            case TIMESTAMPTZ -> Term.call(TermKind.OPAQUE, PgType.TIMESTAMP, "timezone('UTC', {0})", term.sql());
            case DATE ->
                Term.of(TermKind.OPAQUE, PgType.TIMESTAMP, Term.CAST, "{0}::timestamp", term.within(Term.CAST));
            // A time without a date is of this day to SQLite ("Date And Time Functions", section 2).
            case TIME ->
                Term.of(
                        TermKind.OPAQUE,
                        PgType.TIMESTAMP,
                        Term.SUM,
                        "date '2000-01-01' + {0}",
                        term.within(Term.PRODUCT));
            default -> throw UntranslatableException.of("%s is not a time", term.type());
        };
    }

    static Term julianDay(Term timestamp) {
        return Term.of(
                TermKind.REAL,
                PgType.DOUBLE_PRECISION,
                Term.CAST,
                "(extract(epoch from {0}) / 86400.0 + 2440587.5)::double precision",
                timestamp.sql());
    }

    /** The moment that a number stands for. */
    static Term afterEpoch(Term number, String unit) {
        return Term.of(
                TermKind.OPAQUE,
                PgType.TIMESTAMP,
                Term.SUM,
                "timestamp '1970-01-01' + {0} * interval '1 " + unit + "'",
                number.within(Term.PRODUCT + 1));
    }

    /** SQLite counts whole milliseconds from the beginning of the Julian calendar. */
    static Term ofJulianDay(Term number) {
        return Term.of(
                TermKind.OPAQUE,
                PgType.TIMESTAMP,
                Term.SUM,
                "timestamp '1970-01-01' + (floor({0} * 86400000.0 + 0.5) - 210866760000000) * interval '1 millisecond'",
                number.cast(PgType.DOUBLE_PRECISION).within(Term.PRODUCT));
    }

    /** The text of a mapped column in the form that SQLite's own functions write. */
    static Term isoText(Term term, boolean immutable) {
        Moment.Unit unit = switch (term.type().kind()) {
            case DATE -> Moment.Unit.DAY;
            case TIME -> Moment.Unit.TIME;
            default -> Moment.Unit.SECOND;
        };
        return text(timestampOf(term), unit, immutable);
    }

    /** A timestamp as SQLite's {@code date()}, {@code time()} or {@code datetime()} writes it. */
    static Term text(Term timestamp, Moment.Unit unit, boolean immutable) {
        String format = switch (unit) {
            case DAY -> "YYYY-MM-DD";
            case TIME -> "HH24:MI:SS";
            case SECOND -> "YYYY-MM-DD HH24:MI:SS";
            case MILLISECOND -> "YYYY-MM-DD HH24:MI:SS.MS";
        };
        return immutable ? immutableText(timestamp, unit) : formatted(timestamp, format);
    }

    static Term formatted(Term timestamp, String format) {
        return Term.call(
                TermKind.TEXT,
                PgType.TEXT,
                "to_char({0}, {1})",
                timestamp.sql(),
                Term.text(format).sql());
    }

    /** to_char is STABLE, so the parts are put together one by one. */
    private static Term immutableText(Term timestamp, Moment.Unit unit) {
        String day = part("year", 4) + " || '-' || " + part("month", 2) + " || '-' || " + part("day", 2);
        String time = part("hour", 2) + " || ':' || " + part("minute", 2) + " || ':' || " + part("second", 2);
        String template = switch (unit) {
            case DAY -> day;
            case TIME -> time;
            case SECOND -> day + " || ' ' || " + time;
            case MILLISECOND ->
                throw new UntranslatableException(
                        "it writes milliseconds where PostgreSQL wants an IMMUTABLE function");
        };
        return Term.of(TermKind.TEXT, PgType.TEXT, Term.OTHER_OPERATOR, template, timestamp.sql());
    }

    private static String part(String name, int digits) {
        String value = name.equals("second") ? "floor(extract(second from {0}))" : "extract(" + name + " from {0})";
        return "lpad(" + value + "::integer::text, " + digits + ", '0')";
    }

    /** The date and time that SQLite reads from a text; null if it is not one, or one that this class does not know. */
    static @Nullable LocalDateTime parse(String text) {
        boolean clock = text.indexOf(':') == 2 && TIME.matcher(text).matches();
        Matcher matcher = ISO.matcher(clock ? "2000-01-01 " + text : text);
        if (!matcher.matches()) {
            return null;
        }
        // Not with a formatter: this reads every time in every view that is proved.
        try {
            LocalDate date = LocalDate.of(number(matcher, 1, 0, 4), number(matcher, 1, 5, 2), number(matcher, 1, 8, 2));
            if (matcher.group(2) == null) {
                return inUtc(date.atStartOfDay(), matcher.group(5));
            }
            String fraction = matcher.group(4) == null ? "." : matcher.group(4);
            LocalTime time = LocalTime.of(
                    number(matcher, 2, 0, 2),
                    number(matcher, 2, 3, 2),
                    matcher.group(3) == null ? 0 : number(matcher, 3, 1, 2),
                    Integer.parseInt(fraction.substring(1) + "0".repeat(10 - fraction.length())));
            return inUtc(LocalDateTime.of(date, time), matcher.group(5));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(Matcher matcher, int group, int from, int digits) {
        String text = matcher.group(group);
        return Integer.parseInt(text, from, from + digits, 10);
    }

    private static LocalDateTime inUtc(LocalDateTime moment, @Nullable String offset) {
        return offset == null
                ? moment
                : moment.minusSeconds(
                        ZoneOffset.of(offset.toUpperCase(Locale.ROOT)).getTotalSeconds());
    }

    /** Whether the text of a date has a time of day. */
    static boolean hasTime(String iso) {
        return iso.length() > 10;
    }

    static boolean isTimeOnly(String iso) {
        return TIME.matcher(iso).matches();
    }

    /**
     * A constant of the type of a mapped column, from the text with which SQLite compares it; null if it is not such a
     * text.
     */
    static @Nullable Term constantOf(String iso, PgType type) {
        LocalDateTime parsed = parse(iso);
        if (parsed == null) {
            return null;
        }
        return switch (type.kind()) {
            case DATE -> hasTime(iso) || isTimeOnly(iso) ? null : constant("date", DATE.format(parsed), type);
            case TIME -> isTimeOnly(iso) ? constant("time", parsed.toLocalTime().toString(), type) : null;
            case TIMESTAMP -> isTimeOnly(iso) ? null : constant("timestamp", exact(parsed), type);
            case TIMESTAMPTZ -> isTimeOnly(iso) ? null : constant("timestamptz", exact(parsed) + "+00", type);
            default -> null;
        };
    }

    private static String exact(LocalDateTime moment) {
        int micros = moment.get(ChronoField.MICRO_OF_SECOND);
        return SECONDS.format(moment) + (micros == 0 ? "" : String.format(Locale.ROOT, ".%06d", micros));
    }

    /** The time of day, with as many digits of the second as are needed. */
    static String clock(LocalDateTime moment) {
        return exact(moment).replaceFirst(".* ", "");
    }

    /** A constant of a type of times. */
    static Term constant(String text, PgType type) {
        String name = switch (type.kind()) {
            case DATE -> "date";
            case TIME -> "time";
            case TIMESTAMPTZ -> "timestamptz";
            default -> "timestamp";
        };
        return constant(name, text, type);
    }

    static Term constant(LocalDateTime moment) {
        return constant("timestamp", exact(moment), PgType.TIMESTAMP);
    }

    private static Term constant(String type, String text, PgType pgType) {
        return Term.raw(TermKind.TEMPORAL, pgType, Term.CAST, type + " '" + text + "'");
    }
}
