package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * A CREATE INDEX. Immutable.
 *
 * @param name the index
 * @param unique whether UNIQUE was written
 * @param table the table
 * @param terms what is indexed
 * @param where the condition of a partial index
 */
public record CreateIndex(Name name, boolean unique, Name table, List<IndexedTerm> terms, Optional<SqlText> where) {
    public CreateIndex {
        terms = ImmutableList.copyOf(terms);
    }
}
