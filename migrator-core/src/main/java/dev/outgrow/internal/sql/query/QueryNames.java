package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sql.NamesInScope;
import dev.outgrow.internal.sql.Term;
import dev.outgrow.internal.sql.UntranslatableException;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names in a query: the columns of its own sources first, then those of the queries around it.
 *
 * @param sources what the query reads
 * @param outer the names around it
 */
record QueryNames(List<Source> sources, NamesInScope outer) implements NamesInScope {
    /** No names at all. */
    static final NamesInScope NONE = reference -> Optional.empty();

    QueryNames {
        sources = List.copyOf(sources);
    }

    @Override
    public Optional<Term> column(Expression.ColumnRef reference) {
        List<Term> found = new ArrayList<>();
        for (Source source : sources) {
            String name = reference.column().text();
            boolean meant = reference.table().isPresent()
                    ? reference.table().get().names(source.alias())
                    : !source.merged().contains(Identifiers.key(name));
            if (meant) {
                source.relation().column(name).map(source::term).ifPresent(found::add);
            }
        }
        if (found.size() > 1) {
            throw UntranslatableException.of(
                    "the column %s is ambiguous", reference.column().text());
        }
        return found.isEmpty() ? outer.column(reference) : Optional.of(found.get(0));
    }
}
