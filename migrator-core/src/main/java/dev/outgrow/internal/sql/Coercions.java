package dev.outgrow.internal.sql;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.parse.Words;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores a value in a column: first the affinity converts it as in SQLite, then it is cast to the column's type. */
final class Coercions {
    /** Made for the first constant that is a document: Gson is 110 classes, and most expressions have none. */
    private static final class StrictJson {
        private static final TypeAdapter<JsonElement> READER = new Gson()
                .newBuilder()
                .setStrictness(Strictness.STRICT)
                .create()
                .getAdapter(JsonElement.class);
    }

    private final Conversions conversions;

    Coercions(Conversions conversions) {
        this.conversions = conversions;
    }

    Term to(Term given, TypeMapping mapping, Affinity affinity) {
        PgType type = mapping.type();
        Term value = mapped(given, mapping);
        if (value.kind() == TermKind.NULL) {
            return new Term(value.sql(), value.binding(), TermKind.NULL, type, Term.Traits.NONE);
        }
        Term stored = stored(value, affinity);
        if (stored.constant() instanceof String text
                && ((mapping.blankAsNull() && isBlank(text)) || (mapping.zeroDateAsNull() && isZeroDate(text)))) {
            return Term.typedNull(type);
        }
        if (mapping.zeroDateAsNull() && type.kind().hasDate() && isZero(stored.constant())) {
            return Term.typedNull(type);
        }
        Term term = switch (type.kind()) {
            case BOOLEAN -> truth(stored, affinity);
            case SMALLINT, INTEGER, BIGINT -> integer(stored, type);
            case REAL, DOUBLE_PRECISION -> real(stored, type);
            case NUMERIC -> numeric(stored, type);
            case TEXT, VARCHAR, CHAR, CITEXT -> text(stored, mapping);
            case BYTEA -> bytes(stored, mapping.representation());
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> time(stored, mapping);
            case UUID -> uuid(stored, mapping.representation());
            case JSON, JSONB -> json(stored, type);
            default -> throw unfit(stored, type);
        };
        return new Term(term.sql(), term.binding(), term.kind(), type, term.traits());
    }

    private static boolean isZero(@Nullable Object constant) {
        return constant instanceof Number number && number.doubleValue() == 0;
    }

    /** A text that a rule replaces. */
    private static Term mapped(Term value, TypeMapping mapping) {
        if (!(value.constant() instanceof String text)) {
            return value;
        }
        Optional<String> other = mapping.valueMap().flatMap(values -> values.of(text));
        return other.map(Term::text).orElse(value);
    }

    private static boolean isZeroDate(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Words.isZeroDate(bytes, 0, bytes.length);
    }

    private static boolean isBlank(String text) {
        return text.chars().allMatch(letter -> letter == ' ' || (letter >= '\t' && letter <= '\r'));
    }

    private static UntranslatableException unfit(Term value, PgType type) {
        return UntranslatableException.of(
                "a column of type %s cannot hold %s",
                type, value.constant() == null ? "what SQLite would store" : "the value that SQLite would store");
    }

    private Term stored(Term value, Affinity affinity) {
        return switch (affinity) {
            case TEXT -> value.kind().isNumeric() || value.kind() == TermKind.BOOLEAN ? conversions.text(value) : value;
            case BLOB -> value.kind() == TermKind.BOOLEAN ? conversions.number(value) : value;
            case INTEGER, REAL, NUMERIC -> {
                if (value.constant() instanceof String text && value.kind() == TermKind.TEXT) {
                    Term number = Conversions.wholeNumber(text);
                    yield number == null ? value : number;
                }
                if (value.constant() instanceof Double real
                        && real == Math.rint(real)
                        && Math.abs(real) < 1L << 53
                        && affinity != Affinity.REAL) {
                    yield Term.integer(real.longValue());
                }
                Term digits = value.digits();
                Moment moment = value.moment();
                yield digits == null ? value : moment == null ? digits : digits.withMoment(moment);
            }
        };
    }

    private Term truth(Term value, Affinity affinity) {
        if (value.kind() == TermKind.BOOLEAN) {
            return value;
        }
        if (value.constant() instanceof Long number) {
            if (number == 0 || number == 1) {
                return Term.truth(number == 1);
            }
            throw unfit(value, PgType.BOOLEAN);
        }
        if (value.constant() instanceof String word && affinity != Affinity.BLOB) {
            Boolean meant = Conversions.truthWord(word);
            if (meant != null) {
                return Term.truth(meant);
            }
        }
        if (value.kind() == TermKind.INTEGER) {
            return conversions.condition(value);
        }
        throw unfit(value, PgType.BOOLEAN);
    }

    private Term integer(Term value, PgType type) {
        if (value.kind() == TermKind.BOOLEAN) {
            return integer(conversions.number(value), type);
        }
        if (value.kind() != TermKind.INTEGER) {
            throw unfit(value, type);
        }
        if (value.constant() instanceof Long number) {
            boolean fits = switch (type.kind()) {
                case SMALLINT -> number == number.shortValue();
                case INTEGER -> number == number.intValue();
                default -> true;
            };
            if (fits) {
                return value;
            }
            throw unfit(value, type);
        }
        return value.type().equals(PgType.INTEGER) ? value : value.cast(type);
    }

    private Term real(Term value, PgType type) {
        if (value.kind() == TermKind.BOOLEAN) {
            return conversions.number(value);
        }
        if (!value.kind().isNumeric()) {
            throw unfit(value, type);
        }
        return value.constant() == null ? value.cast(type) : value;
    }

    private Term numeric(Term value, PgType type) {
        if (value.kind() == TermKind.BOOLEAN) {
            return conversions.number(value);
        }
        if (!value.kind().isNumeric()) {
            throw unfit(value, type);
        }
        if (value.constant() != null) {
            if (!fits(value.constant(), type)) {
                throw unfit(value, type);
            }
            return value;
        }
        if (value.type().equals(PgType.DOUBLE_PRECISION)) {
            // A direct cast to numeric keeps only 15 digits of a double; its text has all digits that distinguish it.
            return Term.of(
                    TermKind.NUMBER,
                    type,
                    Term.CAST,
                    "{0}::text::{1}",
                    value.within(Term.CAST),
                    Fragment.raw(type.sql()));
        }
        return value.cast(type);
    }

    private static boolean fits(@Nullable Object constant, PgType type) {
        BigDecimal number = constant instanceof Long integer
                ? BigDecimal.valueOf(integer)
                : constant instanceof Double real && !real.isInfinite() ? BigDecimal.valueOf(real) : null;
        if (number == null) {
            return false;
        }
        if (type.precision().isEmpty()) {
            return true;
        }
        int scale = type.scale().orElse(0);
        BigDecimal plain = number.stripTrailingZeros();
        return plain.signum() == 0
                || (plain.scale() <= scale
                        && plain.precision() - plain.scale() <= type.precision().getAsInt() - scale);
    }

    private static Term text(Term value, TypeMapping mapping) {
        boolean number = mapping.representation() == Representation.TEXT_OF_NUMBER;
        if (number && value.constant() instanceof Long integer) {
            return Term.text(Long.toString(integer));
        }
        PgType type = mapping.type();
        if (value.kind() != TermKind.TEXT) {
            throw unfit(value, type);
        }
        if (value.constant() instanceof String text
                && type.length().isPresent()
                && text.codePointCount(0, text.length()) > type.length().getAsInt()) {
            throw unfit(value, type);
        }
        return Conversions.plain(value);
    }

    private static Term bytes(Term value, Representation representation) {
        if (value.kind() == TermKind.BLOB) {
            return value;
        }
        if (representation == Representation.BYTES_OF_TEXT && value.constant() instanceof String) {
            return Term.call(TermKind.BLOB, PgType.BYTEA, "convert_to({0}, 'UTF8')", value.sql());
        }
        throw unfit(value, PgType.BYTEA);
    }

    private Term time(Term value, TypeMapping mapping) {
        PgType type = mapping.type();
        if (value.kind() == TermKind.TEMPORAL && value.type().equals(type)) {
            return value;
        }
        Object known = value.constant();
        if (known != null && (value.kind() == TermKind.TEXT || value.kind().isNumeric())) {
            Term constant = StoredTime.of(known, mapping);
            if (constant == null) {
                throw unfit(value, type);
            }
            return constant;
        }
        if (mapping.representation().isIsoText()) {
            if (value.kind() != TermKind.TEXT) {
                throw unfit(value, type);
            }
            Moment moment = value.moment();
            if (moment == null) {
                throw unfit(value, type);
            }
            return at(moment, type);
        }
        Moment moment = value.moment();
        if (value.kind() == TermKind.TEXT && moment != null && moment.current()) {
            // An app that writes numbers, and lets CURRENT_TIMESTAMP write the same moments as text, reads both.
            return at(moment, type);
        }
        if (!value.kind().isNumeric()) {
            throw unfit(value, type);
        }
        Representation representation = mapping.representation();
        boolean direct = moment != null
                && ((representation == Representation.UNIX_SECONDS && moment.unit() == Moment.Unit.SECOND)
                        || representation == Representation.JULIAN_DAY);
        if (direct && moment != null) {
            return at(moment, type);
        }
        return typed(instant(value, representation), type);
    }

    private static Term instant(Term number, Representation representation) {
        return switch (representation) {
            case UNIX_SECONDS -> Times.afterEpoch(number, "second");
            case UNIX_MILLISECONDS -> Times.afterEpoch(number, "millisecond");
            case UNIX_MICROSECONDS -> Times.afterEpoch(number, "microsecond");
            case JULIAN_DAY -> Times.ofJulianDay(number);
            default ->
                throw UntranslatableException.of(
                        "the number that stands for a time is the application's own (%s)", representation);
        };
    }

    /** A moment in the type of the column that keeps it. The present is kept as exactly as the column can. */
    private static Term at(Moment moment, PgType type) {
        Term timestamp = moment.timestamp();
        boolean timeOfDay = type.kind() == PgType.Kind.TIME;
        if (timeOfDay != (moment.unit() == Moment.Unit.TIME)) {
            throw UntranslatableException.of("a column of type %s cannot hold what SQLite would store", type);
        }
        if (moment.current() && moment.unit() != Moment.Unit.DAY && type.kind() == PgType.Kind.TIMESTAMPTZ) {
            return Term.call(TermKind.TEMPORAL, type, "now()");
        }
        boolean exact = type.kind() == PgType.Kind.DATE || (moment.current() && moment.unit() != Moment.Unit.DAY);
        String unit = switch (moment.unit()) {
            case DAY -> "day";
            case TIME, SECOND -> "second";
            case MILLISECOND -> "milliseconds";
        };
        Term kept = exact
                ? timestamp
                : Term.call(TermKind.OPAQUE, PgType.TIMESTAMP, "date_trunc('" + unit + "', {0})", timestamp.sql());
        return typed(kept, type);
    }

    private static Term typed(Term timestamp, PgType type) {
        return switch (type.kind()) {
            case TIMESTAMP -> timestamp.cast(type);
            case TIMESTAMPTZ -> Term.call(TermKind.TEMPORAL, type, "timezone('UTC', {0})", timestamp.sql());
            case DATE, TIME -> timestamp.cast(type);
            default -> throw UntranslatableException.of("%s is not a time", type);
        };
    }

    private static Term uuid(Term value, Representation representation) {
        if (value.kind() == TermKind.UUID) {
            return value;
        }
        if (representation == Representation.UUID_TEXT && value.kind() == TermKind.TEXT) {
            if (value.constant() instanceof String text) {
                try {
                    String canonical = UUID.fromString(text).toString();
                    return Term.raw(TermKind.UUID, PgType.UUID, Term.CAST, "'" + canonical + "'::uuid");
                } catch (IllegalArgumentException e) {
                    throw unfit(value, PgType.UUID);
                }
            }
            return value.cast(PgType.UUID);
        }
        if (representation == Representation.UUID_BLOB && value.kind() == TermKind.BLOB && value.constant() == null) {
            return Term.of(TermKind.UUID, PgType.UUID, Term.CAST, "encode({0}, 'hex')::uuid", value.sql());
        }
        throw unfit(value, PgType.UUID);
    }

    private static Term json(Term value, PgType type) {
        if (value.kind() == TermKind.JSON && value.type().equals(type)) {
            return value;
        }
        if (value.constant() instanceof String text) {
            if (isJson(text)) {
                return value.cast(type);
            }
        }
        throw unfit(value, type);
    }

    private static boolean isJson(String text) {
        try {
            JsonElement document = StrictJson.READER.fromJson(text);
            return document != null;
        } catch (IOException | JsonParseException e) {
            return false;
        }
    }
}
