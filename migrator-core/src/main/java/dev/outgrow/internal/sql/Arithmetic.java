package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.BinaryOperator;
import dev.outgrow.typemap.PgType;

/** Calculates as SQLite does: in eight-byte integers if both operands are integers, else in doubles. */
final class Arithmetic {
    private final Conversions conversions;

    Arithmetic(Conversions conversions) {
        this.conversions = conversions;
    }

    Term binary(BinaryOperator operator, Term left, Term right) {
        Term l = conversions.number(left);
        Term r = conversions.number(right);
        return switch (operator) {
            case ADD, SUBTRACT -> calculated(operator.symbol(), Term.SUM, l, r);
            case MULTIPLY -> calculated("*", Term.PRODUCT, l, r);
            case DIVIDE -> divided(l, r);
            case REMAINDER -> remainder(l, r);
            case BITWISE_AND, BITWISE_OR -> bits(operator.symbol(), l, r);
            case SHIFT_LEFT, SHIFT_RIGHT -> shifted(operator.symbol(), l, r);
            default -> throw new IllegalArgumentException(operator.name());
        };
    }

    Term negated(Term operand) {
        Term number = conversions.number(operand);
        if (number.constant() instanceof Long value && value != Long.MIN_VALUE) {
            return Term.integer(-value);
        }
        if (number.constant() instanceof Double value) {
            return Term.real(-value);
        }
        return Term.of(number.kind(), number.type(), Term.SIGN, "-{0}", number.within(Term.CAST));
    }

    Term inverted(Term operand) {
        Term number = eightBytes(conversions.integer(operand));
        return Term.of(TermKind.INTEGER, PgType.BIGINT, Term.OTHER_OPERATOR, "~{0}", number.within(Term.CAST));
    }

    private static Term calculated(String symbol, int binding, Term left, Term right) {
        TermKind kind = kindOf(left, right);
        Term l = left;
        Term r = right;
        PgType type = PgType.BIGINT;
        if (kind == TermKind.INTEGER) {
            // SQLite continues in doubles if eight bytes do not hold the result; PostgreSQL raises an error.
            if (isShort(l) && isShort(r)) {
                l = eightBytes(l);
            }
        } else {
            type = PgType.DOUBLE_PRECISION;
            boolean leftIsDouble = l.type().equals(PgType.DOUBLE_PRECISION);
            boolean rightIsDouble = r.type().equals(PgType.DOUBLE_PRECISION);
            // Beside a double, integers and numeric literals become doubles by themselves.
            l = leftIsDouble || (rightIsDouble && l.constant() != null) ? l : l.cast(PgType.DOUBLE_PRECISION);
            r = rightIsDouble || r.constant() != null ? r : r.cast(PgType.DOUBLE_PRECISION);
        }
        return Term.of(kind, type, binding, "{0} " + symbol + " {1}", l.within(binding), r.within(binding + 1));
    }

    private static TermKind kindOf(Term left, Term right) {
        if (left.kind() == TermKind.INTEGER && right.kind() == TermKind.INTEGER) {
            return TermKind.INTEGER;
        }
        return left.kind() == TermKind.REAL || right.kind() == TermKind.REAL ? TermKind.REAL : TermKind.NUMBER;
    }

    private Term divided(Term left, Term right) {
        TermKind kind = kindOf(left, right);
        if (kind != TermKind.NUMBER) {
            return calculated("/", Term.PRODUCT, left, notZero(right));
        }
        if (!integerWhereIntegral(left) || !integerWhereIntegral(right)) {
            throw new UntranslatableException(
                    "whether it divides integers or fractions depends on how SQLite stored the values");
        }
        Term fraction = calculated("/", Term.PRODUCT, conversions.real(left), notZero(right));
        return Term.call(
                TermKind.NUMBER,
                PgType.DOUBLE_PRECISION,
                "CASE WHEN {0} % 1 = 0 AND {1} % 1 = 0 THEN trunc({2}) ELSE {2} END",
                numeric(left).within(Term.PRODUCT),
                numeric(right).within(Term.PRODUCT),
                fraction.sql());
    }

    private static Term numeric(Term term) {
        return term.type().equals(PgType.DOUBLE_PRECISION) ? term.cast(PgType.NUMERIC) : term;
    }

    private static boolean integerWhereIntegral(Term term) {
        return term.kind() == TermKind.INTEGER || term.isNumberColumn();
    }

    private static Term notZero(Term term) {
        boolean never = (term.constant() instanceof Long value && value != 0)
                || (term.constant() instanceof Double real && real != 0);
        if (never) {
            return term;
        }
        return Term.call(term.kind(), term.type(), "nullif({0}, 0)", term.sql());
    }

    private Term remainder(Term left, Term right) {
        TermKind kind = kindOf(left, right);
        Term whole = calculated("%", Term.PRODUCT, conversions.integer(left), notZero(conversions.integer(right)));
        return kind == TermKind.INTEGER
                ? whole
                : whole.cast(PgType.DOUBLE_PRECISION).as(kind);
    }

    private Term bits(String symbol, Term left, Term right) {
        Term l = eightBytes(conversions.integer(left));
        Term r = conversions.integer(right);
        return Term.of(
                TermKind.INTEGER,
                PgType.BIGINT,
                Term.OTHER_OPERATOR,
                "{0} " + symbol + " {1}",
                l.within(Term.OTHER_OPERATOR),
                r.within(Term.SUM));
    }

    private Term shifted(String symbol, Term left, Term right) {
        if (!(right.constant() instanceof Long places) || places < 0 || places > 63) {
            throw new UntranslatableException("it shifts by a number of places that is not a literal from 0 to 63");
        }
        Term l = eightBytes(conversions.integer(left));
        return Term.of(
                TermKind.INTEGER,
                PgType.BIGINT,
                Term.OTHER_OPERATOR,
                "{0} " + symbol + " {1}",
                l.within(Term.OTHER_OPERATOR),
                right.sql());
    }

    private static boolean isShort(Term term) {
        return term.type().equals(PgType.INTEGER) || term.type().equals(PgType.SMALLINT);
    }

    static Term eightBytes(Term integer) {
        return isShort(integer) ? integer.cast(PgType.BIGINT) : integer;
    }
}
