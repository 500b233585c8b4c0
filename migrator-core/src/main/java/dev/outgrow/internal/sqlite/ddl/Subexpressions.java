package dev.outgrow.internal.sqlite.ddl;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an expression is made of, all the way down. */
public final class Subexpressions {
    private Subexpressions() {}

    /** The names of the columns that an expression refers to, as {@link Identifiers#key}. */
    public static Set<String> columns(Expression expression) {
        return all(expression)
                .filter(Expression.ColumnRef.class::isInstance)
                .map(reference -> Identifiers.key(
                        ((Expression.ColumnRef) reference).column().text()))
                .collect(Collectors.toSet());
    }

    private static Stream<Expression> all(Expression expression) {
        return Stream.concat(Stream.of(expression), expression.parts().flatMap(Subexpressions::all));
    }
}
