package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.Expression.Case.When;
import java.util.stream.Stream;

/** Looks for aggregates in an expression, which make a query one of groups. */
final class AggregateSearch {
    private AggregateSearch() {}

    static boolean aggregates(Expression expression) {
        if (expression instanceof Expression.FunctionCall call && Aggregates.isAggregateCall(call)) {
            return true;
        }
        return operands(expression).anyMatch(AggregateSearch::aggregates);
    }

    private static Stream<Expression> operands(Expression expression) {
        if (expression instanceof Expression.Unary unary) {
            return Stream.of(unary.operand());
        } else if (expression instanceof Expression.Binary binary) {
            return Stream.of(binary.left(), binary.right());
        } else if (expression instanceof Expression.Is is) {
            return Stream.of(is.left(), is.right());
        } else if (expression instanceof Expression.Between between) {
            return Stream.of(between.operand(), between.low(), between.high());
        } else if (expression instanceof Expression.InList in) {
            return Stream.concat(Stream.of(in.operand()), in.list().stream());
        } else if (expression instanceof Expression.InSelect in) {
            return Stream.of(in.operand());
        } else if (expression instanceof Expression.Like like) {
            return Stream.of(like.operand(), like.pattern());
        } else if (expression instanceof Expression.Case choice) {
            return Stream.of(
                            choice.base().stream(),
                            choice.whens().stream().map(When::when),
                            choice.whens().stream().map(When::then),
                            choice.otherwise().stream())
                    .flatMap(part -> part);
        } else if (expression instanceof Expression.Cast cast) {
            return Stream.of(cast.operand());
        } else if (expression instanceof Expression.Collate collate) {
            return Stream.of(collate.operand());
        } else if (expression instanceof Expression.FunctionCall call) {
            return call.arguments().stream();
        }
        return Stream.empty();
    }
}
