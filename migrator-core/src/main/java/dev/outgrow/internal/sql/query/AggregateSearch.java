package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sql.Aggregates;
import dev.outgrow.internal.sqlite.ddl.Expression;

/** Looks for aggregates in an expression; they turn a query into one over groups. */
final class AggregateSearch {
    private AggregateSearch() {}

    static boolean aggregates(Expression expression) {
        if (expression instanceof Expression.FunctionCall call && Aggregates.isAggregateCall(call)) {
            return true;
        }
        return expression.parts().anyMatch(AggregateSearch::aggregates);
    }
}
