package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.Subexpressions;

/** Looks for aggregates in an expression, which make a query one of groups. */
final class AggregateSearch {
    private AggregateSearch() {}

    static boolean aggregates(Expression expression) {
        if (expression instanceof Expression.FunctionCall call && Aggregates.isAggregateCall(call)) {
            return true;
        }
        return Subexpressions.of(expression).anyMatch(AggregateSearch::aggregates);
    }
}
