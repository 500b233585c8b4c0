package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sql.Fragment;
import dev.outgrow.internal.sql.NamesInScope;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sql.Term;
import java.util.List;
import java.util.Set;

/**
 * Something that a FROM clause reads, under the name by which its columns are qualified. Immutable.
 *
 * @param alias the name within the query, which is the same in both databases
 * @param relation its columns
 * @param merged the columns, in lower case, that a USING clause or a NATURAL join took together with those of an earlier
 *     source: a bare name or a star means the earlier one's alone
 * @param unordered whether it is a query that sorts, groups or combines its rows as each database likes
 */
record Source(String alias, Relation relation, Set<String> merged, boolean unordered) {
    Source {
        merged = Set.copyOf(merged);
    }

    static Source of(String alias, Relation relation) {
        return new Source(alias, relation, Set.of(), false);
    }

    Source merging(Set<String> columns) {
        return new Source(alias, relation, columns, unordered);
    }

    Term term(Relation.Column column) {
        return NamesInScope.term(column, Fragment.name(alias, column.targetName()));
    }

    List<Relation.Column> columns() {
        return relation.columns();
    }
}
