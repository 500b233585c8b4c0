package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.BinaryOperator;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.rules.Collation;
import java.util.ArrayList;
import java.util.List;

/** Compares values as SQLite does: by affinity and collation, whatever types they have in PostgreSQL. */
public final class Comparisons {
    private final Operands operands;

    public Comparisons(Conversions conversions) {
        this.operands = new Operands(conversions);
    }

    /** Makes two operands comparable. */
    public Operands operands() {
        return operands;
    }

    public Term compare(BinaryOperator given, Term left, Term right) {
        BinaryOperator operator = Operands.isDateAlone(left, right)
                ? besideADate(given)
                : Operands.isDateAlone(right, left) ? mirrored(besideADate(mirrored(given))) : given;
        boolean order = operator != BinaryOperator.EQUAL && operator != BinaryOperator.NOT_EQUAL;
        Operands.Pair pair = operands.aligned(left, right, order);
        return Term.condition(
                Term.COMPARISON,
                "{0} " + operator.symbol() + " {1}",
                pair.left().within(Term.MATCHING),
                pair.right().within(Term.MATCHING));
    }

    /** The operator for swapped operands. */
    static BinaryOperator mirrored(BinaryOperator operator) {
        return switch (operator) {
            case LESS -> BinaryOperator.GREATER;
            case LESS_OR_EQUAL -> BinaryOperator.GREATER_OR_EQUAL;
            case GREATER -> BinaryOperator.LESS;
            case GREATER_OR_EQUAL -> BinaryOperator.LESS_OR_EQUAL;
            default -> operator;
        };
    }

    /** SQLite compares letter by letter: a date with a time of day, even midnight, is greater than the date alone. */
    private static BinaryOperator besideADate(BinaryOperator operator) {
        return switch (operator) {
            case LESS_OR_EQUAL -> BinaryOperator.LESS;
            case GREATER -> BinaryOperator.GREATER_OR_EQUAL;
            default -> operator;
        };
    }

    Term is(Term left, Term right, boolean negated) {
        if (right.kind() == TermKind.NULL) {
            return Term.condition(Term.IS, negated ? "{0} IS NOT NULL" : "{0} IS NULL", left.within(Term.COMPARISON));
        }
        if (left.kind() == TermKind.NULL) {
            return is(right, left, negated);
        }
        Operands.Pair pair = operands.aligned(left, right, false);
        return Term.condition(
                Term.IS,
                negated ? "{0} IS DISTINCT FROM {1}" : "{0} IS NOT DISTINCT FROM {1}",
                pair.left().within(Term.COMPARISON),
                pair.right().within(Term.COMPARISON));
    }

    Term between(Term operand, Term low, Term high, boolean negated) {
        if (Operands.isDateAlone(operand, high)
                || Operands.isDateAlone(low, operand)
                || Operands.isDateAlone(high, operand)) {
            Term within = Term.condition(
                    Term.AND,
                    "{0} AND {1}",
                    compare(BinaryOperator.GREATER_OR_EQUAL, operand, low).within(Term.NOT),
                    compare(BinaryOperator.LESS_OR_EQUAL, operand, high).within(Term.NOT));
            return negated ? not(within) : within;
        }
        Operands.Pair above = operands.aligned(operand, low, true);
        Operands.Pair below = operands.aligned(operand, high, true);
        if (above.left().sql().hasTextOf(below.left().sql())) {
            return Term.condition(
                    Term.MATCHING,
                    negated ? "{0} NOT BETWEEN ({1}) AND ({2})" : "{0} BETWEEN ({1}) AND ({2})",
                    above.left().within(Term.OTHER_OPERATOR),
                    above.right().within(Term.OTHER_OPERATOR),
                    below.right().within(Term.OTHER_OPERATOR));
        }
        Term both = Term.condition(
                Term.AND,
                "{0} >= {1} AND {2} <= {3}",
                above.left().within(Term.MATCHING),
                above.right().within(Term.MATCHING),
                below.left().within(Term.MATCHING),
                below.right().within(Term.MATCHING));
        return negated ? not(both) : both;
    }

    Term in(Term operand, List<Term> list, boolean negated) {
        if (list.isEmpty()) {
            return Term.truth(negated);
        }
        List<Operands.Pair> pairs = new ArrayList<>();
        for (Term element : list) {
            // The elements count as if each had a unary plus: only the operand's affinity and collation matter.
            pairs.add(operands.aligned(operand, element.withAffinity(null).with(elementTraits(element)), false));
        }
        Fragment first = pairs.get(0).left().sql();
        if (pairs.stream().allMatch(pair -> pair.left().sql().hasTextOf(first))) {
            Fragment[] elements =
                    pairs.stream().map(pair -> pair.right().within(Term.OR)).toArray(Fragment[]::new);
            return Term.condition(
                    Term.MATCHING,
                    negated ? "{0} NOT IN ({1})" : "{0} IN ({1})",
                    pairs.get(0).left().within(Term.OTHER_OPERATOR),
                    Fragment.joined(elements, ", "));
        }
        Fragment[] alternatives = pairs.stream()
                .map(pair -> Fragment.of(
                        "{0} = {1}",
                        pair.left().within(Term.MATCHING), pair.right().within(Term.MATCHING)))
                .toArray(Fragment[]::new);
        Term any = new Term(
                Fragment.joined(alternatives, " OR "),
                alternatives.length == 1 ? Term.COMPARISON : Term.OR,
                TermKind.BOOLEAN,
                PgType.BOOLEAN,
                Term.Traits.NONE);
        return negated ? not(any) : any;
    }

    private static Term.Traits elementTraits(Term element) {
        Term.Traits t = element.traits();
        return new Term.Traits(
                null, Collation.BINARY, false, false, t.representation(), t.constant(), t.moment(), t.digits());
    }

    static Term not(Term condition) {
        return Term.condition(Term.NOT, "NOT {0}", condition.within(Term.IS));
    }

    /** Placeholders for this many parts, with a separator between them. */
    static String template(int parts, String separator) {
        StringBuilder template = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            template.append(i == 0 ? "" : separator).append('{').append(i).append('}');
        }
        return template.toString();
    }
}
