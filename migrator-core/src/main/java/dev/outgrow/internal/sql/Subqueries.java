package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.Select;
import java.util.Optional;

/** What only the expressions of a query may contain. */
public interface Subqueries {
    /** For a schema's expressions, which may contain none of it. */
    Subqueries NONE = new Subqueries() {
        @Override
        public Term exists(Select select) {
            throw new UntranslatableException("it has a query within");
        }

        @Override
        public Term scalar(Select select) {
            throw new UntranslatableException("it has a query within");
        }

        @Override
        public Term in(Term operand, Select select, boolean negated) {
            throw new UntranslatableException("it has a query within");
        }

        @Override
        public Term aggregate(Expression.FunctionCall call, ExpressionWalker walker) {
            throw UntranslatableException.of(
                    "it calls %s over many rows", call.name().text());
        }
    };

    /** The term of an expression that GROUP BY names as a whole. */
    default Optional<Term> grouped(Expression expression) {
        return Optional.empty();
    }

    Term exists(Select select);

    Term scalar(Select select);

    Term in(Term operand, Select select, boolean negated);

    /** A call of an aggregate or window function. */
    Term aggregate(Expression.FunctionCall call, ExpressionWalker walker);
}
