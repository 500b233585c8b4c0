package dev.outgrow.internal.sql;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.rules.Collation;
import java.util.List;
import java.util.Objects;

/** Casts alternative values (branches of a CASE, parts of a UNION) to one type. */
public final class Unions {
    private Unions() {}

    public static List<Term> unified(List<Term> terms, Conversions conversions) {
        List<Term> known =
                terms.stream().filter(term -> term.kind() != TermKind.NULL).toList();
        if (known.isEmpty()) {
            return terms;
        }
        Term first = known.get(0);
        if (known.stream().allMatch(term -> isLike(first, term))) {
            return terms.stream().map(Unions::settled).toList();
        }
        if (known.stream().allMatch(Unions::isNumber)) {
            boolean integers =
                    known.stream().allMatch(term -> conversions.number(term).kind() == TermKind.INTEGER);
            return terms.stream()
                    .map(term -> term.kind() == TermKind.NULL
                            ? term
                            : integers
                                    ? Arithmetic.eightBytes(conversions.number(term))
                                    : mixed(known, conversions.number(term)))
                    .toList();
        }
        if (known.stream()
                .allMatch(term -> term.kind() == TermKind.TEXT || term.isIso() || term.kind() == TermKind.UUID)) {
            return terms.stream()
                    .map(term -> term.kind() == TermKind.NULL ? term : conversions.text(term))
                    .toList();
        }
        throw new UntranslatableException("its value is of several storage classes");
    }

    private static Term mixed(List<Term> all, Term number) {
        boolean reals = all.stream().allMatch(term -> term.kind() == TermKind.REAL);
        return number.cast(PgType.DOUBLE_PRECISION).as(reals ? TermKind.REAL : TermKind.NUMBER);
    }

    private static boolean isNumber(Term term) {
        return term.kind().isNumeric() || term.kind() == TermKind.BOOLEAN;
    }

    private static boolean isLike(Term one, Term other) {
        boolean typed = one.type().equals(other.type()) || one.kind() == TermKind.TEXT;
        return one.kind() == other.kind()
                && typed
                && (one.kind() != TermKind.TEMPORAL
                        || Objects.equals(
                                one.traits().representation(), other.traits().representation()));
    }

    /** A number literal takes the type that its kind has elsewhere. */
    public static Term settled(Term term) {
        if (term.kind() == TermKind.REAL && term.constant() != null) {
            return term.cast(PgType.DOUBLE_PRECISION);
        }
        return term.kind() == TermKind.INTEGER ? Arithmetic.eightBytes(term) : term;
    }

    /** An expression of the kind of the terms, once they are unified. */
    public static Term like(List<Term> unified, Fragment sql) {
        Term model = unified.get(0);
        for (int i = 1; i < unified.size() && model.kind() == TermKind.NULL; i++) {
            model = unified.get(i);
        }
        if (model.kind() == TermKind.NULL) {
            return Term.ofNull();
        }
        Term.Traits traits = new Term.Traits(
                null, Collation.BINARY, false, false, model.traits().representation(), null, null, null);
        PgType type = model.kind() == TermKind.TEXT ? PgType.TEXT : model.type();
        return new Term(sql, Term.PRIMARY, model.kind(), type, traits);
    }
}
