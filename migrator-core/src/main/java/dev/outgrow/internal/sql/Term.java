package dev.outgrow.internal.sql;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.internal.rules.Collation;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A translated expression: its text, and what must be known of its value to use it in a larger one. Immutable.
 *
 * @param sql the text
 * @param binding how tightly its outermost operator binds in PostgreSQL
 * @param kind how its value represents SQLite's
 * @param type its type in PostgreSQL
 * @param traits what only some terms have
 */
public record Term(Fragment sql, int binding, TermKind kind, PgType type, Traits traits) {
    static final int OR = 1;
    public static final int AND = 2;
    static final int NOT = 3;
    static final int IS = 4;
    static final int COMPARISON = 5;
    public static final int MATCHING = 6;
    public static final int OTHER_OPERATOR = 7;
    static final int SUM = 8;
    static final int PRODUCT = 9;
    static final int SIGN = 11;
    public static final int CAST = 12;
    public static final int PRIMARY = 13;

    /** Of a column of booleans that holds words. */
    static final Representation WORDS = Representation.LITERAL_TEXT;

    /**
     * What only some terms have.
     *
     * @param affinity the affinity by which SQLite compares it; null for expressions
     * @param collation the collation by which SQLite compares it
     * @param explicitCollation whether a COLLATE names it
     * @param columnCollation whether it is a column, whose collation prevails over that of an expression
     * @param representation of a column: how SQLite holds it
     * @param constant a Long, Double, String or {@code byte[]} if the value is known
     * @param moment the point in time of which the text is SQLite's form
     * @param digits the number that the text spells, if it always spells one
     */
    public record Traits(
            @Nullable Affinity affinity,
            Collation collation,
            boolean explicitCollation,
            boolean columnCollation,
            @Nullable Representation representation,
            @Nullable Object constant,
            @Nullable Moment moment,
            @Nullable Term digits) {
        public static final Traits NONE = new Traits(null, Collation.BINARY, false, false, null, null, null, null);
    }

    /** Whether it is a truth value that SQLite holds as a word, such as {@code 'true'}, and takes for 0. */
    boolean isWord() {
        return kind == TermKind.BOOLEAN && traits.representation() == WORDS;
    }

    public static Term of(TermKind kind, PgType type, int binding, String template, Fragment... parts) {
        return new Term(Fragment.of(template, parts), binding, kind, type, Traits.NONE);
    }

    public static Term call(TermKind kind, PgType type, String template, Fragment... parts) {
        return of(kind, type, PRIMARY, template, parts);
    }

    public static Term condition(int binding, String template, Fragment... parts) {
        return of(TermKind.BOOLEAN, PgType.BOOLEAN, binding, template, parts);
    }

    static Term raw(TermKind kind, PgType type, int binding, String sql) {
        return new Term(Fragment.raw(sql), binding, kind, type, Traits.NONE);
    }

    public static Term ofNull() {
        return raw(TermKind.NULL, PgType.TEXT, PRIMARY, "NULL");
    }

    /** NULL in a column of a type. */
    static Term typedNull(PgType type) {
        return raw(TermKind.NULL, type, PRIMARY, "NULL");
    }

    static Term truth(boolean value) {
        return raw(TermKind.BOOLEAN, PgType.BOOLEAN, PRIMARY, value ? "true" : "false")
                .withConstant(value ? 1L : 0L);
    }

    static Term integer(long value) {
        boolean small = value == (int) value;
        // The smallest bigint has no literal: its minus sign is an operator.
        String sql = value == Long.MIN_VALUE ? "'" + value + "'::bigint" : Long.toString(value);
        return raw(TermKind.INTEGER, small ? PgType.INTEGER : PgType.BIGINT, value < 0 ? SIGN : PRIMARY, sql)
                .withConstant(value);
    }

    /** A double; as a literal it is a numeric, which PostgreSQL turns into a double beside another double. */
    static Term real(double value) {
        if (Double.isInfinite(value)) {
            String sign = value < 0 ? "-" : "";
            return raw(TermKind.REAL, PgType.DOUBLE_PRECISION, CAST, "'" + sign + "Infinity'::double precision")
                    .withConstant(value);
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value));
        String sql = Math.abs(decimal.scale()) < 20 ? decimal.toPlainString() : decimal.toString();
        return raw(TermKind.REAL, PgType.NUMERIC, value < 0 ? SIGN : PRIMARY, sql)
                .withConstant(value);
    }

    public static Term text(String value) {
        if (value.indexOf(0) >= 0) {
            throw new UntranslatableException("PostgreSQL's text cannot hold the character NUL");
        }
        return raw(
                        TermKind.TEXT,
                        PgType.TEXT,
                        PRIMARY,
                        Identifier.literal(value).strip())
                .withConstant(value);
    }

    static Term blob(String hex) {
        // decode() reads the digits whatever standard_conforming_strings says of a backslash.
        return raw(TermKind.BLOB, PgType.BYTEA, PRIMARY, hex.isEmpty() ? "''::bytea" : "decode('" + hex + "', 'hex')");
    }

    /** The text as it stands in a statement. */
    public String inline() {
        return sql.text();
    }

    /** The text, in parentheses unless it binds at least so tightly. */
    public Fragment within(int atLeast) {
        return binding >= atLeast ? sql : Fragment.of("({0})", sql);
    }

    public Term cast(PgType to) {
        if (type.equals(to) && kind != TermKind.NULL) {
            return this;
        }
        return new Term(Fragment.of("{0}::{1}", within(CAST), Fragment.raw(to.sql())), CAST, kind, to, traits);
    }

    Term as(TermKind other) {
        return new Term(sql, binding, other, type, traits);
    }

    @Nullable
    public Affinity affinity() {
        return traits.affinity;
    }

    @Nullable
    public Object constant() {
        return traits.constant;
    }

    @Nullable
    Moment moment() {
        return traits.moment;
    }

    @Nullable
    Term digits() {
        return traits.digits;
    }

    public Collation collation() {
        return traits.collation;
    }

    boolean isIso() {
        return kind == TermKind.TEMPORAL && traits.representation == Representation.ISO_TEXT;
    }

    boolean hasNumericAffinity() {
        Affinity affinity = traits.affinity;
        return affinity == Affinity.INTEGER || affinity == Affinity.REAL || affinity == Affinity.NUMERIC;
    }

    /** Whether its integral values are certainly INTEGER in SQLite, as in a column that is not REAL. */
    boolean isNumberColumn() {
        return kind == TermKind.NUMBER && traits.columnCollation && hasNumericAffinity();
    }

    Term withConstant(Object value) {
        Traits t = traits;
        return with(new Traits(
                t.affinity,
                t.collation,
                t.explicitCollation,
                t.columnCollation,
                t.representation,
                value,
                t.moment,
                t.digits));
    }

    Term withMoment(Moment moment) {
        Traits t = traits;
        return with(new Traits(
                t.affinity,
                t.collation,
                t.explicitCollation,
                t.columnCollation,
                t.representation,
                t.constant,
                moment,
                t.digits));
    }

    Term withDigits(Term digits) {
        Traits t = traits;
        return with(new Traits(
                t.affinity,
                t.collation,
                t.explicitCollation,
                t.columnCollation,
                t.representation,
                t.constant,
                t.moment,
                digits));
    }

    Term withCollation(Collation collation) {
        Traits t = traits;
        return with(new Traits(
                t.affinity, collation, true, t.columnCollation, t.representation, t.constant, t.moment, t.digits));
    }

    public Term withAffinity(@Nullable Affinity affinity) {
        Traits t = traits;
        return with(new Traits(
                affinity,
                t.collation,
                t.explicitCollation,
                t.columnCollation,
                t.representation,
                t.constant,
                t.moment,
                t.digits));
    }

    /** The same value as an expression: no longer a column. */
    Term asExpression() {
        Traits t = traits;
        return with(new Traits(
                null,
                t.collation,
                t.explicitCollation,
                t.columnCollation,
                t.representation,
                t.constant,
                t.moment,
                t.digits));
    }

    Term with(Traits other) {
        return new Term(sql, binding, kind, type, other);
    }
}
