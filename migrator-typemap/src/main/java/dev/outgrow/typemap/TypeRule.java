package dev.outgrow.typemap;

import java.util.Optional;

/** A caller's own choice of a mapping for columns. Keep it stateless and fast: it is asked about every column. */
@FunctionalInterface
public interface TypeRule {
    /**
     * The mapping of the column, or empty if the rule has nothing to say about it.
     *
     * @param column the column as SQLite declares it
     * @param census what its values are
     */
    Optional<TypeMapping> mappingFor(SourceColumn column, ColumnCensus census);
}
