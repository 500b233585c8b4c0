package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.BinaryOperator;
import dev.outgrow.internal.sqlite.ddl.Expression;
import java.util.ArrayList;
import java.util.List;

/** Comparisons of row values, each pair of values by its own affinity and collation ("Row Values", section 2.1). */
final class RowValues {
    private RowValues() {}

    /**
     * A comparison of two rows of as many values.
     *
     * @param operator which
     */
    static Term compared(
            BinaryOperator operator, List<Expression> left, List<Expression> right, ExpressionWalker walker) {
        if (operator == BinaryOperator.EQUAL) {
            return equal(left, right, left.size(), walker);
        }
        if (operator == BinaryOperator.NOT_EQUAL) {
            return Comparisons.not(equal(left, right, left.size(), walker));
        }
        boolean less = operator == BinaryOperator.LESS || operator == BinaryOperator.LESS_OR_EQUAL;
        BinaryOperator strict = less ? BinaryOperator.LESS : BinaryOperator.GREATER;
        List<Fragment> alternatives = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            BinaryOperator last = i == left.size() - 1 ? operator : strict;
            Term decisive = value(last, left.get(i), right.get(i), walker);
            alternatives.add(
                    i == 0
                            ? decisive.within(Term.AND)
                            : Term.condition(
                                            Term.AND,
                                            "{0} AND {1}",
                                            equal(left, right, i, walker).within(Term.AND),
                                            decisive.within(Term.NOT))
                                    .sql());
        }
        return Term.condition(
                Term.OR, Comparisons.template(alternatives.size(), " OR "), alternatives.toArray(Fragment[]::new));
    }

    private static Term equal(List<Expression> left, List<Expression> right, int count, ExpressionWalker walker) {
        List<Fragment> equal = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            equal.add(value(BinaryOperator.EQUAL, left.get(i), right.get(i), walker)
                    .within(Term.NOT));
        }
        return Term.condition(Term.AND, Comparisons.template(count, " AND "), equal.toArray(Fragment[]::new));
    }

    private static Term value(BinaryOperator operator, Expression left, Expression right, ExpressionWalker walker) {
        return walker.term(new Expression.Binary(operator, left, right));
    }
}
