package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/** A translated FROM clause. Immutable. */
public sealed interface FromItem {
    /**
     * A table, a view, a common table expression, or a table-valued function.
     *
     * @param schema the schema, if written
     * @param name the name
     * @param arguments the arguments of a table-valued function; absent for a table
     * @param alias the alias, if written
     */
    record Table(Optional<Name> schema, Name name, Optional<List<Expression>> arguments, Optional<Name> alias)
            implements FromItem {
        public Table {
            arguments = arguments.map(ImmutableList::copyOf);
        }
    }

    /**
     * {@code (SELECT …)}.
     *
     * @param select the query
     * @param alias the alias; SQLite needs none
     */
    record Subquery(Select select, Optional<Name> alias) implements FromItem {}

    /**
     * Two or more items, joined from left to right. Parentheses within a FROM clause make one of its own.
     *
     * @param first the first item
     * @param joins the items after it, at least one
     * @param alias the alias of parentheses, if written
     */
    record Joined(FromItem first, List<Join> joins, Optional<Name> alias) implements FromItem {
        public Joined {
            joins = ImmutableList.copyOf(joins);
        }
    }

    /**
     * A further item of a join.
     *
     * @param kind how it is joined to everything before it
     * @param natural whether NATURAL was written
     * @param item the item
     * @param on the ON condition; SQLite allows it with a comma too
     * @param using the columns of a USING clause; empty if not written
     */
    record Join(JoinKind kind, boolean natural, FromItem item, Optional<Expression> on, List<Name> using) {
        public Join {
            using = ImmutableList.copyOf(using);
        }
    }

    /** How two items are joined. */
    enum JoinKind {
        /** {@code ,}. */
        COMMA,
        /** {@code JOIN} and {@code INNER JOIN}. */
        INNER,
        /** {@code CROSS JOIN}: an inner join whose order the planner keeps. */
        CROSS,
        /** {@code LEFT JOIN}. */
        LEFT,
        /** {@code RIGHT JOIN}. */
        RIGHT,
        /** {@code FULL JOIN}. */
        FULL
    }
}
