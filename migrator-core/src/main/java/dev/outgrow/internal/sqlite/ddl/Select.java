package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * A query: one or more parts joined by compound operators, with what applies to the whole. Immutable.
 *
 * @param with the common table expressions
 * @param recursive whether WITH RECURSIVE was written; SQLite lets a CTE be recursive without it
 * @param first the first part
 * @param compounds the parts after it, combined from left to right
 * @param orderBy the ORDER BY
 * @param limit the LIMIT
 * @param offset the OFFSET
 * @see <a href="https://sqlite.org/lang_select.html">SQLite, "SELECT"</a>
 */
public record Select(
        List<CommonTable> with,
        boolean recursive,
        SelectPart first,
        List<Compound> compounds,
        List<OrderingTerm> orderBy,
        Optional<Expression> limit,
        Optional<Expression> offset) {
    public Select {
        with = ImmutableList.copyOf(with);
        compounds = ImmutableList.copyOf(compounds);
        orderBy = ImmutableList.copyOf(orderBy);
    }

    /**
     * A common table expression.
     *
     * @param name its name
     * @param columns the names of its columns; empty if not written
     * @param materialized whether MATERIALIZED or NOT MATERIALIZED was written
     * @param select the query
     */
    public record CommonTable(Name name, List<Name> columns, Optional<Boolean> materialized, Select select) {
        public CommonTable {
            columns = ImmutableList.copyOf(columns);
        }
    }

    /**
     * A further part of a compound query.
     *
     * @param operator how it is combined with everything before it
     * @param part the part
     */
    public record Compound(CompoundOperator operator, SelectPart part) {}

    /** How two parts of a query are combined. */
    public enum CompoundOperator {
        /** {@code UNION}. */
        UNION,
        /** {@code UNION ALL}. */
        UNION_ALL,
        /** {@code INTERSECT}; in SQLite it binds no tighter than the others. */
        INTERSECT,
        /** {@code EXCEPT}. */
        EXCEPT
    }
}
