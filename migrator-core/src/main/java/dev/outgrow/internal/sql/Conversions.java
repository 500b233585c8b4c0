package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Converts a value as SQLite does if an operator wants a number, a text or a truth value.
 *
 * @param immutable whether only functions that PostgreSQL calls IMMUTABLE may be used
 */
public record Conversions(boolean immutable) {
    /** The prefix that SQLite reads as a number; it skips leading blanks. */
    private static final String REAL_PREFIX =
            "^[ \\t\\n\\v\\f\\r]*([+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?)";

    private static final String INTEGER_PREFIX = "^[ \\t\\n\\v\\f\\r]*([+-]?[0-9]+)";

    private static final Pattern NUMBER =
            Pattern.compile("\\s*([+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?)\\s*");
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");

    /** The value as a condition: NULL stays NULL, a number is true unless it is zero. */
    Term condition(Term term) {
        if (term.kind() == TermKind.BOOLEAN) {
            return truth(term);
        }
        if (term.kind() == TermKind.NULL) {
            return Term.raw(TermKind.BOOLEAN, PgType.BOOLEAN, Term.CAST, "NULL::boolean");
        }
        if (term.constant() instanceof Long constant) {
            return Term.truth(constant != 0);
        }
        Term number = number(term);
        return Term.condition(Term.COMPARISON, "{0} <> 0", number.within(Term.MATCHING));
    }

    /** A truth value that is a number in SQLite. */
    static Term truth(Term term) {
        if (term.isWord()) {
            throw UntranslatableException.of(
                    "it uses a word such as 'true' as a truth value or a number, and SQLite takes that for 0");
        }
        return term;
    }

    /** The value as an operand of arithmetic. */
    public Term number(Term term) {
        Term digits = term.digits();
        if (digits != null) {
            return digits;
        }
        return switch (term.kind()) {
            case NULL -> term.cast(PgType.BIGINT).as(TermKind.INTEGER);
            case INTEGER, REAL, NUMBER -> term;
            case BOOLEAN ->
                term.constant() instanceof Long value
                        ? Term.integer(value)
                        : Term.of(
                                        TermKind.INTEGER,
                                        PgType.INTEGER,
                                        Term.CAST,
                                        "{0}::integer",
                                        truth(term).within(Term.CAST))
                                .with(term.traits());
            case TEMPORAL -> epoch(term);
            case TEXT -> numberOfText(term);
            case BLOB, UUID, JSON, OPAQUE ->
                throw UntranslatableException.of("it calculates with a value of type %s", term.type());
        };
    }

    /** The number as a {@code double precision}. */
    Term real(Term term) {
        Term number = number(term);
        if (number.constant() instanceof Long value) {
            return Term.real(value.doubleValue());
        }
        return number.cast(PgType.DOUBLE_PRECISION).as(TermKind.REAL);
    }

    /** The result of {@code CAST(… AS INTEGER)}. */
    public Term integer(Term term) {
        if (term.kind() == TermKind.TEXT && term.digits() == null) {
            if (term.constant() instanceof String text) {
                Matcher prefix = Pattern.compile("^\\s*([+-]?[0-9]{1,18})").matcher(text);
                return Term.integer(prefix.find() ? Long.parseLong(prefix.group(1)) : 0);
            }
            Term plain = plain(term);
            return Term.call(
                    TermKind.INTEGER,
                    PgType.BIGINT,
                    "CASE WHEN {0} IS NOT NULL THEN coalesce(substring({0} from {1})::bigint, 0) END",
                    plain.within(Term.COMPARISON),
                    Term.text(INTEGER_PREFIX).sql());
        }
        Term number = number(term);
        return number.kind() == TermKind.INTEGER
                ? number
                : Term.of(TermKind.INTEGER, PgType.BIGINT, Term.CAST, "trunc({0})::bigint", number.sql());
    }

    private Term numberOfText(Term term) {
        if (term.constant() instanceof String text) {
            return prefixOf(text);
        }
        Term plain = plain(term);
        return Term.call(
                TermKind.NUMBER,
                PgType.DOUBLE_PRECISION,
                "CASE WHEN {0} IS NOT NULL THEN coalesce(substring({0} from {1})::double precision, 0) END",
                plain.within(Term.COMPARISON),
                Term.text(REAL_PREFIX).sql());
    }

    private static Term prefixOf(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.lookingAt()) {
            return Term.integer(0);
        }
        return literal(matcher.group(1));
    }

    /** The number that the whole text spells, as numeric affinity reads it; null if none. */
    static @Nullable Term wholeNumber(String text) {
        Matcher matcher = NUMBER.matcher(text);
        return matcher.matches() ? literal(matcher.group(1)) : null;
    }

    private static Term literal(String number) {
        if (INTEGER.matcher(number).matches()) {
            return Term.integer(Long.parseLong(number));
        }
        double value = Double.parseDouble(number);
        boolean integral = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        return integral ? Term.integer((long) value) : Term.real(value);
    }

    /** A time that SQLite holds as a number, as that number. */
    private Term epoch(Term term) {
        Representation representation = term.traits().representation();
        if (representation == null || representation == Representation.ISO_TEXT) {
            throw new UntranslatableException("it takes the text of a time for a number");
        }
        Term timestamp = Times.timestampOf(term);
        Term.Traits traits = term.traits();
        return switch (representation) {
            case UNIX_SECONDS -> number("floor(extract(epoch from {0}))::bigint", timestamp, traits);
            case UNIX_MILLISECONDS -> number("floor(extract(epoch from {0}) * 1000)::bigint", timestamp, traits);
            case UNIX_MICROSECONDS -> number("(extract(epoch from {0}) * 1000000)::bigint", timestamp, traits);
            case JULIAN_DAY -> Times.julianDay(timestamp);
            default ->
                throw UntranslatableException.of(
                        "the number that stands for a time is the application's own (%s)", representation);
        };
    }

    private static Term number(String template, Term timestamp, Term.Traits traits) {
        return Term.of(TermKind.INTEGER, PgType.BIGINT, Term.CAST, template, timestamp.sql())
                .withAffinity(traits.affinity());
    }

    /** The value as text, as SQLite writes it. */
    public Term text(Term term) {
        return switch (term.kind()) {
            case NULL -> term.cast(PgType.TEXT).as(TermKind.TEXT);
            case TEXT -> term;
            case INTEGER -> term.constant() instanceof Long constant ? Term.text(Long.toString(constant)) : cast(term);
            case BOOLEAN -> text(number(term));
            case REAL -> textOfReal(term);
            case NUMBER -> textOfDecimal(term);
            case TEMPORAL -> term.isIso() ? Times.isoText(term, immutable) : text(number(term));
            case UUID -> term.traits().representation() == Representation.UUID_TEXT ? cast(term) : refuse(term);
            case JSON -> term.type().kind() == PgType.Kind.JSON ? cast(term) : refuse(term);
            case BLOB, OPAQUE -> refuse(term);
        };
    }

    private static Term textOfReal(Term term) {
        if (term.constant() instanceof Double value
                && (value == 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e15))) {
            BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
            if (decimal.precision() <= 15) {
                return Term.text(decimal.scale() <= 0 ? decimal.toPlainString() + ".0" : decimal.toPlainString());
            }
        }
        throw new UntranslatableException(
                "it makes text of a floating-point number, which SQLite writes in its own way");
    }

    /** Both databases write numbers of few digits without an exponent and in the same way. */
    private static Term textOfDecimal(Term term) {
        PgType type = term.type();
        if (term.isNumberColumn()
                && type.precision().orElse(99) <= 15
                && type.scale().orElse(99) <= 4) {
            return Term.of(TermKind.TEXT, PgType.TEXT, Term.CAST, "trim_scale({0})::text", term.sql());
        }
        throw new UntranslatableException(
                "it makes text of a number with a fraction, which SQLite writes in its own way");
    }

    /** The text without the type or collation that makes PostgreSQL ignore case. */
    public static Term plain(Term term) {
        boolean another =
                term.type().kind() == PgType.Kind.CITEXT || term.type().kind() == PgType.Kind.CHAR;
        return another ? term.cast(PgType.TEXT) : term;
    }

    private static Term cast(Term term) {
        return Term.of(TermKind.TEXT, PgType.TEXT, Term.CAST, "{0}::text", term.within(Term.CAST));
    }

    private static Term refuse(Term term) {
        throw UntranslatableException.of("it makes text of a value of type %s", term.type());
    }

    /** The boolean that PostgreSQL reads from a word; null if it is not such a word. */
    static @Nullable Boolean truthWord(String word) {
        for (String yes : new String[] {"true", "t", "yes", "y", "on", "1"}) {
            if (Identifiers.same(word.strip(), yes)) {
                return true;
            }
        }
        for (String no : new String[] {"false", "f", "no", "n", "off", "0"}) {
            if (Identifiers.same(word.strip(), no)) {
                return false;
            }
        }
        return null;
    }
}
