package dev.outgrow.internal.sql;

import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.internal.rules.Collation;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings the two operands of a comparison into a form in which PostgreSQL's own operators compare them as SQLite does: by
 * affinity and collation, whatever types they got.
 *
 * @param conversions of the operands
 */
public record Operands(Conversions conversions) {
    /** Two operands in such a form. */
    public record Pair(Term left, Term right) {
        private Pair swapped() {
            return new Pair(right, left);
        }
    }

    /**
     * Both operands under the collation by which SQLite compares them; for an order, PostgreSQL must be given even the
     * binary one.
     */
    public Pair aligned(Term left, Term right, boolean order) {
        Pair pair = typed(left, right, order);
        if (pair.left.kind() != TermKind.TEXT && pair.right.kind() != TermKind.TEXT) {
            return pair;
        }
        return collated(pair, collationOf(left, right), order);
    }

    private static Pair collated(Pair pair, Collation collation, boolean order) {
        boolean citext = isCitext(pair.left) || isCitext(pair.right);
        return switch (collation) {
            case BINARY -> {
                Pair plain = citext ? new Pair(Conversions.plain(pair.left), Conversions.plain(pair.right)) : pair;
                yield order ? new Pair(plain.left, bytewise(plain.right)) : plain;
            }
            case NOCASE -> {
                if (!order && (isCitext(pair.left) || isCitext(pair.right)) && hasAsciiConstant(pair)) {
                    yield pair;
                }
                yield new Pair(lower(pair.left), lower(pair.right));
            }
            case RTRIM -> {
                Pair trimmed = new Pair(trimmed(pair.left), trimmed(pair.right));
                yield order ? new Pair(trimmed.left, bytewise(trimmed.right)) : trimmed;
            }
        };
    }

    private static boolean isCitext(Term term) {
        return term.type().kind() == PgType.Kind.CITEXT;
    }

    private static boolean hasAsciiConstant(Pair pair) {
        return isAscii(pair.left.constant()) || isAscii(pair.right.constant());
    }

    private static boolean isAscii(@Nullable Object constant) {
        return constant instanceof String text && text.chars().allMatch(c -> c < 128);
    }

    /** SQLite folds ASCII letters, and so does lower() under this collation. */
    public static Term lower(Term text) {
        Term plain = Conversions.plain(text);
        return Term.call(TermKind.TEXT, PgType.TEXT, "lower({0} COLLATE \"C\")", plain.within(Term.CAST));
    }

    private static Term trimmed(Term text) {
        return Term.call(
                TermKind.TEXT,
                PgType.TEXT,
                "rtrim({0}, ' ')",
                Conversions.plain(text).sql());
    }

    public static Term bytewise(Term text) {
        return text.kind() == TermKind.NULL || text.kind() != TermKind.TEXT
                ? text
                : Term.of(TermKind.TEXT, PgType.TEXT, Term.CAST, "{0} COLLATE \"C\"", text.within(Term.CAST));
    }

    /**
     * "Collating Sequences" of SQLite, section 7.1: the left operand's collation comes first, an explicit one before
     * all.
     */
    static Collation collationOf(Term left, Term right) {
        if (left.traits().explicitCollation()) {
            return left.collation();
        }
        if (right.traits().explicitCollation()) {
            return right.collation();
        }
        return left.traits().columnCollation() ? left.collation() : right.collation();
    }

    private Pair typed(Term left, Term right, boolean order) {
        TermKind l = left.kind();
        TermKind r = right.kind();
        if (l == TermKind.NULL || r == TermKind.NULL) {
            return new Pair(left, right);
        }
        if (l == TermKind.TEMPORAL) {
            return temporal(left, right, order);
        }
        if (r == TermKind.TEMPORAL) {
            return temporal(right, left, order).swapped();
        }
        if (l == TermKind.UUID || r == TermKind.UUID) {
            return l == TermKind.UUID
                    ? uuid(left, right, order)
                    : uuid(right, left, order).swapped();
        }
        if (l == TermKind.OPAQUE || r == TermKind.OPAQUE || l == TermKind.JSON || r == TermKind.JSON) {
            return opaque(left, right);
        }
        if (l == TermKind.BOOLEAN || r == TermKind.BOOLEAN) {
            return l == TermKind.BOOLEAN
                    ? truth(left, right)
                    : truth(right, left).swapped();
        }
        if (l == TermKind.BLOB || r == TermKind.BLOB) {
            if (l == r) {
                return new Pair(left, right);
            }
            throw new UntranslatableException("it compares bytes with something else");
        }
        if (l == r || (l.isNumeric() && r.isNumeric())) {
            return new Pair(left, right);
        }
        return l == TermKind.TEXT
                ? textAndNumber(left, right)
                : textAndNumber(right, left).swapped();
    }

    private static Pair opaque(Term left, Term right) {
        boolean same = left.kind() == TermKind.OPAQUE
                && right.kind() == TermKind.OPAQUE
                && left.type().equals(right.type())
                && Objects.equals(left.traits().representation(), right.traits().representation());
        if (same) {
            return new Pair(left, right);
        }
        throw UntranslatableException.of("it compares values of the types %s and %s", left.type(), right.type());
    }

    private Pair truth(Term truth, Term other) {
        if (other.kind() == TermKind.BOOLEAN) {
            return truth.isWord() && other.isWord()
                    ? new Pair(truth, other)
                    : new Pair(Conversions.truth(truth), Conversions.truth(other));
        }
        if (other.constant() instanceof Long number && (number == 0 || number == 1)) {
            return new Pair(Conversions.truth(truth), Term.truth(number == 1));
        }
        if (other.constant() instanceof String word && truth.hasNumericAffinity()) {
            Boolean meant = Conversions.truthWord(word);
            if (meant != null) {
                return new Pair(truth, Term.truth(meant));
            }
        }
        if (other.kind().isNumeric()) {
            return new Pair(conversions.number(truth), other);
        }
        throw UntranslatableException.of("it compares a truth value with a value of type %s", other.type());
    }

    private Pair textAndNumber(Term text, Term number) {
        Term digits = text.digits();
        if (digits != null && number.hasNumericAffinity()) {
            return new Pair(digits, number);
        }
        if (text.constant() instanceof String constant && number.hasNumericAffinity()) {
            Term spelled = Conversions.wholeNumber(constant);
            if (spelled != null) {
                return new Pair(spelled, number);
            }
        }
        if (text.affinity() == Affinity.TEXT && !number.hasNumericAffinity()) {
            return new Pair(text, conversions.text(number));
        }
        throw new UntranslatableException("it compares text with a number");
    }

    private Pair uuid(Term uuid, Term other, boolean order) {
        @Nullable Representation written = uuid.traits().representation();
        boolean text = written == Representation.UUID_TEXT;
        if (other.kind() == TermKind.UUID) {
            @Nullable Representation otherwise = other.traits().representation();
            if (written != null && otherwise != null && written != otherwise) {
                throw new UntranslatableException("it compares UUIDs that are written in two ways");
            }
            if (order && written == Representation.UUID_BLOB_OF_DOT_NET) {
                throw new UntranslatableException("it orders UUIDs whose bytes are in the order of .NET");
            }
            return new Pair(uuid, other);
        }
        if (text && other.constant() instanceof String literal && literal.length() == 36) {
            try {
                String canonical = UUID.fromString(literal).toString();
                return new Pair(uuid, Term.raw(TermKind.UUID, PgType.UUID, Term.CAST, "uuid '" + canonical + "'"));
            } catch (IllegalArgumentException e) {
                throw new UntranslatableException("it compares a UUID with a text that is not one");
            }
        }
        if (text && other.kind() == TermKind.TEXT) {
            refuseOrderOfNumbers(uuid, order);
            return new Pair(conversions.text(uuid), other);
        }
        throw UntranslatableException.of("it compares a UUID with a value of type %s", other.type());
    }

    private Pair temporal(Term time, Term other, boolean order) {
        if (other.kind() == TermKind.TEMPORAL) {
            if (time.type().equals(other.type())
                    && Objects.equals(
                            time.traits().representation(), other.traits().representation())) {
                return new Pair(time, other);
            }
            throw UntranslatableException.of(
                    "it compares %s with %s, which SQLite holds in other forms", time.type(), other.type());
        }
        if (!time.isIso()) {
            return typed(conversions.number(time), other, order);
        }
        if (!order && isDateAlone(time, other)) {
            throw new UntranslatableException(
                    "it asks whether a date with a time of day is a date alone, which it never is in SQLite");
        }
        if (other.constant() instanceof String text) {
            Term constant = Times.constantOf(text, time.type());
            if (constant != null) {
                return new Pair(time, constant);
            }
            throw UntranslatableException.of("it compares %s with a text that is not one", time.type());
        }
        Moment moment = other.moment();
        if (moment != null && other.kind() == TermKind.TEXT) {
            return new Pair(time, atMoment(moment, time.type()));
        }
        if (other.kind() == TermKind.TEXT) {
            refuseOrderOfNumbers(time, order);
            return new Pair(conversions.text(time), other);
        }
        throw UntranslatableException.of("it compares %s with a value of type %s", time.type(), other.type());
    }

    /**
     * DATETIME and UUID have numeric affinity: compared with them, a text that spells a number counts as a number in
     * SQLite and sorts first.
     */
    private static void refuseOrderOfNumbers(Term column, boolean order) {
        if (order && column.hasNumericAffinity()) {
            throw UntranslatableException.of(
                    "it orders %s and text, of which SQLite takes some for numbers", column.type());
        }
    }

    /** Whether a column of dates and times is compared with the text of a date alone. */
    static boolean isDateAlone(Term time, Term other) {
        boolean both = time.isIso()
                && (time.type().kind() == PgType.Kind.TIMESTAMP || time.type().kind() == PgType.Kind.TIMESTAMPTZ);
        Moment moment = other.moment();
        return both
                && ((other.constant() instanceof String text
                                && !Times.hasTime(text)
                                && !Times.isTimeOnly(text)
                                && Times.parse(text) != null)
                        || (moment != null && moment.unit() == Moment.Unit.DAY && other.kind() == TermKind.TEXT));
    }

    /** A moment as SQLite writes it, in a type that can be compared with a column of the given type. */
    private static Term atMoment(Moment moment, PgType type) {
        Term timestamp = moment.timestamp();
        boolean timeOfDay = moment.unit() == Moment.Unit.TIME;
        if (type.kind() == PgType.Kind.DATE && moment.unit() != Moment.Unit.DAY && !moment.current()) {
            throw new UntranslatableException("it compares a date with a date and a time of day");
        }
        if (timeOfDay != (type.kind() == PgType.Kind.TIME)) {
            throw new UntranslatableException("it compares a date with a time of day");
        }
        String cut = switch (moment.unit()) {
            case DAY -> "{0}::date";
            case TIME -> "date_trunc('second', {0})::time";
            case SECOND -> "date_trunc('second', {0})";
            case MILLISECOND -> "date_trunc('milliseconds', {0})";
        };
        Term kept = Term.of(TermKind.TEMPORAL, PgType.TIMESTAMP, Term.CAST, cut, timestamp.within(Term.CAST));
        return type.kind() == PgType.Kind.TIMESTAMPTZ
                ? Term.call(TermKind.TEMPORAL, type, "timezone('UTC', {0}::timestamp)", kept.within(Term.CAST))
                : kept;
    }
}
