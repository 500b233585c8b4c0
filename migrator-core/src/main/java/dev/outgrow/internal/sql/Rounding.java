package dev.outgrow.internal.sql;

import dev.outgrow.typemap.PgType;
import java.util.List;

/**
 * SQLite's {@code round()}: it rounds the exact value of a double, halves away from zero. PostgreSQL rounds halves of
 * doubles to the even neighbour, and casts a double to numeric with fifteen digits, which turns 2.675 (really 2.67499…)
 * into a half.
 */
record Rounding(Conversions conversions) {
    private static final int MOST_PLACES = 30;

    /** 2 to the power of 60, which turns the fraction of a double into an integer, and its inverse. */
    private static final String EXACT = "trunc({0})::numeric + (({0} - trunc({0})) * 1152921504606846976)::bigint"
            + " * 8.67361737988403547205962240695953369140625e-19";

    Term rounded(List<Term> arguments) {
        Arguments.expect("round", arguments.size() == 1 || arguments.size() == 2);
        Term number = conversions.number(arguments.get(0));
        Object digits =
                arguments.size() == 1 ? Long.valueOf(0) : arguments.get(1).constant();
        if (!(digits instanceof Long asked)) {
            throw new UntranslatableException("round() to a number of digits that is not a literal");
        }
        int places = (int) Math.max(0, Math.min(MOST_PLACES, asked));
        Term real = conversions.real(number);
        if (isRoundAlready(number, places)) {
            return real.asExpression();
        }
        Term typed = typed(real);
        return places == 0
                ? Term.call(
                        TermKind.REAL,
                        PgType.DOUBLE_PRECISION,
                        "trunc({0} + sign({1}) * 0.5)",
                        typed.within(Term.SUM),
                        typed.sql())
                : Term.of(
                        TermKind.REAL,
                        PgType.DOUBLE_PRECISION,
                        Term.CAST,
                        "round({0}, " + places + ")::double precision",
                        exact(typed));
    }

    private static Term typed(Term real) {
        return real.constant() == null ? real : real.cast(PgType.DOUBLE_PRECISION);
    }

    private static boolean isRoundAlready(Term number, int places) {
        return number.kind() == TermKind.INTEGER
                || (number.isNumberColumn() && number.type().scale().orElse(Integer.MAX_VALUE) <= places);
    }

    /** The number with this many digits after the point, as {@code printf("%.2f")} writes it. */
    Fragment printed(Term operand, int places) {
        Term number = conversions.number(operand);
        if (number.kind() == TermKind.INTEGER) {
            return Fragment.of("round(coalesce({0}, 0)::numeric, " + places + ")::text", number.sql());
        }
        Term real = Term.call(
                TermKind.REAL,
                PgType.DOUBLE_PRECISION,
                "coalesce({0}, 0)",
                typed(conversions.real(number)).sql());
        Term positive = Term.call(TermKind.REAL, PgType.DOUBLE_PRECISION, "abs({0})", real.sql());
        return Fragment.of(
                "CASE WHEN {0} < 0 THEN '-' ELSE '' END || round({1}, " + places + ")::text",
                real.sql(),
                exact(positive));
    }

    private static Fragment exact(Term real) {
        return Fragment.of(EXACT, real.within(Term.PRODUCT));
    }
}
