package dev.outgrow.internal.sqlite.ddl;

import dev.outgrow.internal.sqlite.ddl.Expression.Case.When;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an expression is made of. */
public final class Subexpressions {
    private Subexpressions() {}

    /** The expressions right below an expression; those of queries within are not among them. */
    public static Stream<Expression> of(Expression expression) {
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
        } else if (expression instanceof Expression.InTable in) {
            return Stream.of(in.operand());
        } else if (expression instanceof Expression.Like like) {
            return Stream.concat(Stream.of(like.operand(), like.pattern()), like.escape().stream());
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
        } else if (expression instanceof Expression.RowValue row) {
            return row.values().stream();
        } else if (expression instanceof Expression.FunctionCall call) {
            return call.arguments().stream();
        }
        return Stream.empty();
    }

    /** The names of the columns that an expression refers to, as {@link Identifiers#key}. */
    public static Set<String> columns(Expression expression) {
        return all(expression)
                .filter(Expression.ColumnRef.class::isInstance)
                .map(reference -> Identifiers.key(
                        ((Expression.ColumnRef) reference).column().text()))
                .collect(Collectors.toSet());
    }

    private static Stream<Expression> all(Expression expression) {
        return Stream.concat(Stream.of(expression), of(expression).flatMap(Subexpressions::all));
    }
}
