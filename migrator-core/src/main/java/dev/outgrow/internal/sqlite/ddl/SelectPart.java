package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/** One part of a compound query. Immutable. */
public sealed interface SelectPart {
    /**
     * {@code SELECT … FROM … WHERE …}.
     *
     * @param distinct whether DISTINCT was written
     * @param columns the result columns
     * @param from the FROM clause
     * @param where the WHERE condition
     * @param groupBy the GROUP BY
     * @param having the HAVING condition; SQLite allows it without GROUP BY
     * @param windows the WINDOW clause
     */
    record Query(
            boolean distinct,
            List<ResultColumn> columns,
            Optional<FromItem> from,
            Optional<Expression> where,
            List<Expression> groupBy,
            Optional<Expression> having,
            List<NamedWindow> windows)
            implements SelectPart {
        public Query {
            columns = ImmutableList.copyOf(columns);
            groupBy = ImmutableList.copyOf(groupBy);
            windows = ImmutableList.copyOf(windows);
        }
    }

    /**
     * {@code VALUES (…), (…)}.
     *
     * @param rows the rows
     */
    record Values(List<List<Expression>> rows) implements SelectPart {
        public Values {
            rows = rows.stream().map(List::copyOf).collect(ImmutableList.toImmutableList());
        }
    }

    /**
     * A window that a WINDOW clause names.
     *
     * @param name its name
     * @param window what it is
     */
    record NamedWindow(Name name, Window window) {}

    /** A result column, or a star that stands for many. */
    sealed interface ResultColumn {}

    /**
     * An expression.
     *
     * @param expression the expression
     * @param text the expression as written, which is the column's name if SQLite finds no better one
     * @param alias the alias, if written
     */
    record Item(Expression expression, String text, Optional<Name> alias) implements ResultColumn {}

    /**
     * {@code *} or {@code table.*}.
     *
     * @param table the table, if written
     */
    record Star(Optional<Name> table) implements ResultColumn {}
}
