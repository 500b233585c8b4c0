package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.Expression;

/** Looks for aggregates in an expression, which make a query one of groups. */
final class AggregateSearch {
    private AggregateSearch() {}

    static boolean aggregates(Expression expression) {
        if (expression instanceof Expression.FunctionCall call && Aggregates.isAggregateCall(call)) {
            return true;
        }
        return expression.parts().anyMatch(AggregateSearch::aggregates);
    }
}
