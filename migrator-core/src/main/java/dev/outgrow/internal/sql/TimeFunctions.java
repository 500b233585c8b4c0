package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SQLite's "Date And Time Functions". */
final class TimeFunctions {
    private static final Map<Character, String> PATTERNS = Map.ofEntries(
            Map.entry('Y', "YYYY"),
            Map.entry('m', "MM"),
            Map.entry('d', "DD"),
            Map.entry('H', "HH24"),
            Map.entry('I', "HH12"),
            Map.entry('M', "MI"),
            Map.entry('S', "SS"),
            Map.entry('f', "SS.MS"),
            Map.entry('j', "DDD"),
            Map.entry('p', "AM"),
            Map.entry('P', "am"),
            Map.entry('u', "ID"),
            Map.entry('G', "IYYY"),
            Map.entry('g', "IY"),
            Map.entry('V', "IW"),
            Map.entry('F', "YYYY-MM-DD"),
            Map.entry('T', "HH24:MI:SS"),
            Map.entry('R', "HH24:MI"));
    private static final Map<String, String> FIELDS =
            Map.of("%Y", "year", "%m", "month", "%d", "day", "%H", "hour", "%M", "minute", "%j", "doy", "%w", "dow");

    /** The formats that keep a point in time, and how much of it. */
    private static final Map<String, Moment.Unit> MOMENTS = Map.ofEntries(
            Map.entry("%s", Moment.Unit.SECOND),
            Map.entry("%Y-%m-%d %H:%M:%S", Moment.Unit.SECOND),
            Map.entry("%Y-%m-%dT%H:%M:%S", Moment.Unit.SECOND),
            Map.entry("%Y-%m-%dT%H:%M:%SZ", Moment.Unit.SECOND),
            Map.entry("%F %T", Moment.Unit.SECOND),
            Map.entry("%Y-%m-%d", Moment.Unit.DAY),
            Map.entry("%F", Moment.Unit.DAY),
            Map.entry("%H:%M:%S", Moment.Unit.TIME),
            Map.entry("%T", Moment.Unit.TIME),
            Map.entry("%Y-%m-%d %H:%M:%f", Moment.Unit.MILLISECOND),
            Map.entry("%Y-%m-%dT%H:%M:%f", Moment.Unit.MILLISECOND),
            Map.entry("%Y-%m-%dT%H:%M:%fZ", Moment.Unit.MILLISECOND));

    private final Conversions conversions;

    TimeFunctions(Conversions conversions) {
        this.conversions = conversions;
    }

    Term current(Expression.CurrentTime.Unit kind) {
        Moment.Unit unit = switch (kind) {
            case DATE -> Moment.Unit.DAY;
            case TIME -> Moment.Unit.TIME;
            case TIMESTAMP -> Moment.Unit.SECOND;
        };
        return written(now(), unit, true);
    }

    private Term now() {
        if (conversions.immutable()) {
            throw new UntranslatableException("it depends on the time of day");
        }
        return Times.now();
    }

    Term call(String name, List<Term> arguments) {
        boolean formatted = name.equals("strftime");
        Arguments.expect(name, !formatted || !arguments.isEmpty());
        List<Term> rest = formatted ? arguments.subList(1, arguments.size()) : arguments;
        boolean fractions = rest.stream().anyMatch(TimeFunctions::asksForFractions);
        boolean present = rest.isEmpty() || isNow(rest.get(0)) || asksForFractions(rest.get(0));
        boolean current = present || isCurrentTimestamp(rest.get(0));
        List<Term> modifiers = rest.stream()
                .skip(1)
                .filter(modifier -> !asksForFractions(modifier))
                .toList();
        Term timestamp = present ? now() : start(rest.get(0), modifiers);
        boolean constant = !present && rest.get(0).constant() instanceof String;
        for (Term modifier : modifiers) {
            timestamp = TimeModifiers.modified(timestamp, modifier, constant);
            current = false;
        }
        if (fractions) {
            return withFractions(name, timestamp, present, current, arguments);
        }
        return switch (name) {
            case "date" -> written(timestamp, Moment.Unit.DAY, current);
            case "time" -> written(timestamp, Moment.Unit.TIME, current);
            case "datetime" -> written(timestamp, Moment.Unit.SECOND, current);
            case "julianday" ->
                Times.julianDay(timestamp).withMoment(new Moment(timestamp, Moment.Unit.MILLISECOND, current));
            case "unixepoch" -> seconds(timestamp).withMoment(new Moment(timestamp, Moment.Unit.SECOND, current));
            default -> formatted(timestamp, arguments.get(0), current);
        };
    }

    /**
     * The modifier "subsec" asks for milliseconds; in the first place it also means the present. Of a stored time SQLite rounds them.
     */
    private Term withFractions(String name, Term timestamp, boolean present, boolean current, List<Term> arguments) {
        if (!present) {
            throw new UntranslatableException("the milliseconds of a time that is not the present");
        }
        Moment moment = new Moment(timestamp, Moment.Unit.MILLISECOND, current);
        return switch (name) {
            case "datetime" ->
                Times.formatted(timestamp, "YYYY-MM-DD HH24:MI:SS.MS").withMoment(moment);
            case "time" -> Times.formatted(timestamp, "HH24:MI:SS.MS");
            case "unixepoch" ->
                Term.of(
                                TermKind.REAL,
                                PgType.DOUBLE_PRECISION,
                                Term.CAST,
                                "(floor(extract(epoch from {0}) * 1000) / 1000)::double precision",
                                timestamp.sql())
                        .withMoment(moment);
            case "date" -> written(timestamp, Moment.Unit.DAY, current);
            case "julianday" -> Times.julianDay(timestamp).withMoment(moment);
            default -> {
                if (arguments.get(0).constant() instanceof String format && format.contains("%s")) {
                    throw new UntranslatableException("strftime() of seconds since 1970, with milliseconds");
                }
                yield formatted(timestamp, arguments.get(0), current);
            }
        };
    }

    private static boolean asksForFractions(Term term) {
        return is(term, "subsec") || is(term, "subsecond");
    }

    private static boolean isNow(Term term) {
        return term.constant() instanceof String text && Identifiers.same(text, "now");
    }

    /** Whether it is SQLite's text of the present, to the second: CURRENT_TIMESTAMP or datetime('now'). */
    private static boolean isCurrentTimestamp(Term term) {
        Moment moment = term.moment();
        return moment != null
                && moment.current()
                && moment.unit() == Moment.Unit.SECOND
                && term.kind() == TermKind.TEXT
                && term.digits() == null;
    }

    private static Term seconds(Term timestamp) {
        return Term.of(
                TermKind.INTEGER, PgType.BIGINT, Term.CAST, "floor(extract(epoch from {0}))::bigint", timestamp.sql());
    }

    private Term written(Term timestamp, Moment.Unit unit, boolean current) {
        // The text of a constant stays a constant, so that it can take the type of what it is compared with.
        if (timestamp.constant() instanceof String iso) {
            LocalDateTime moment = LocalDateTime.parse(iso);
            return Term.text(
                    switch (unit) {
                        case DAY -> String.format(Locale.ROOT, "%tF", moment);
                        case TIME -> String.format(Locale.ROOT, "%tT", moment);
                        default -> String.format(Locale.ROOT, "%tF %tT", moment, moment);
                    });
        }
        return Times.text(timestamp, unit, conversions.immutable()).withMoment(new Moment(timestamp, unit, current));
    }

    private Term start(Term value, List<Term> modifiers) {
        if (value.constant() instanceof String text) {
            LocalDateTime moment = Times.parse(text);
            if (moment == null) {
                throw new UntranslatableException("a date function of a text that is not a date");
            }
            return Times.constant(moment).withConstant(moment.toString());
        }
        boolean unix = !modifiers.isEmpty() && is(modifiers.get(0), "unixepoch");
        Representation representation = value.traits().representation();
        if (value.kind() == TermKind.TEMPORAL && representation != null) {
            boolean direct = unix
                    ? representation == Representation.UNIX_SECONDS
                    : representation == Representation.ISO_TEXT || representation == Representation.JULIAN_DAY;
            if (direct) {
                return Times.timestampOf(value);
            }
            if (!unix) {
                throw UntranslatableException.of(
                        "a date function of a number that stands for a time (%s)", representation);
            }
        }
        Moment moment = value.moment();
        if (moment != null && value.kind() == TermKind.TEXT && moment.unit() != Moment.Unit.MILLISECOND) {
            return kept(moment);
        }
        if (value.kind() == TermKind.TEXT) {
            return TextOfTime.timestamp(Conversions.plain(value));
        }
        if (value.kind() == TermKind.NULL || value.kind() == TermKind.BLOB || value.kind() == TermKind.UUID) {
            throw UntranslatableException.of("a date function of a value of type %s", value.type());
        }
        Term number = conversions.number(value);
        return unix ? Times.afterEpoch(number, "second") : Times.ofJulianDay(number);
    }

    /** The moment that SQLite's text of it still expresses. */
    private static Term kept(Moment moment) {
        String template = switch (moment.unit()) {
            case DAY -> "date_trunc('day', {0})";
            case TIME -> "timestamp '2000-01-01' + date_trunc('second', {0})::time";
            default -> "date_trunc('second', {0})";
        };
        int binding = moment.unit() == Moment.Unit.TIME ? Term.SUM : Term.PRIMARY;
        return Term.of(
                TermKind.OPAQUE,
                PgType.TIMESTAMP,
                binding,
                template,
                moment.timestamp().sql());
    }

    private static boolean is(Term modifier, String word) {
        return modifier.constant() instanceof String text && Identifiers.same(text.strip(), word);
    }

    private Term formatted(Term timestamp, Term format, boolean current) {
        if (!(format.constant() instanceof String text)) {
            throw new UntranslatableException("strftime() with a format that is not a literal");
        }
        Moment.@Nullable Unit unit = MOMENTS.get(text);
        Term written = text(timestamp, text);
        return unit == null ? written : written.withMoment(new Moment(timestamp, unit, current));
    }

    private Term text(Term timestamp, String format) {
        if (format.equals("%s")) {
            Term seconds = seconds(timestamp);
            return Term.of(TermKind.TEXT, PgType.TEXT, Term.CAST, "{0}::text", seconds.sql())
                    .withDigits(seconds);
        }
        String field = FIELDS.get(format);
        if (field != null) {
            Term digits = Term.of(
                    TermKind.INTEGER,
                    PgType.INTEGER,
                    Term.CAST,
                    "extract(" + field + " from {0})::integer",
                    timestamp.sql());
            int width = format.equals("%Y") ? 4 : format.equals("%j") ? 3 : format.equals("%w") ? 1 : 2;
            return Term.call(TermKind.TEXT, PgType.TEXT, "lpad({0}::text, " + width + ", '0')", digits.sql())
                    .withDigits(digits);
        }
        if (format.equals("%Y-%m-%d") || format.equals("%Y-%m-%d %H:%M:%S") || format.equals("%H:%M:%S")) {
            Moment.Unit unit = format.startsWith("%H")
                    ? Moment.Unit.TIME
                    : format.length() > 8 ? Moment.Unit.SECOND : Moment.Unit.DAY;
            return Times.text(timestamp, unit, conversions.immutable());
        }
        if (conversions.immutable()) {
            throw new UntranslatableException("strftime(), where PostgreSQL wants an IMMUTABLE function");
        }
        return Times.formatted(timestamp, pattern(format));
    }

    private static String pattern(String format) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '%' && i + 1 < format.length()) {
                String known = PATTERNS.get(format.charAt(++i));
                if (known == null) {
                    throw UntranslatableException.of("strftime() with %%%s", format.charAt(i));
                }
                pattern.append(known);
            } else if (c == '"' || c == '\\' || c == '%') {
                throw new UntranslatableException("strftime() with a format that to_char() has no words for");
            } else if (Character.isLetterOrDigit(c)) {
                pattern.append('"').append(c).append('"');
            } else {
                pattern.append(c);
            }
        }
        return pattern.toString();
    }
}
