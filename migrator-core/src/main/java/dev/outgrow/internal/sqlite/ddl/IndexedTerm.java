package dev.outgrow.internal.sqlite.ddl;

import java.util.Optional;

/**
 * One term of an index, or of a UNIQUE or PRIMARY KEY constraint. Immutable.
 *
 * @param value what is indexed, without the COLLATE that may follow it
 * @param collation that COLLATE
 * @param descending whether DESC was written
 */
public record IndexedTerm(SqlText value, Optional<Name> collation, boolean descending) {
    /** The column, unless it is an expression that is indexed. */
    public Optional<Name> column() {
        Expression expression = value.expression().orElse(null);
        if (expression instanceof Expression.ColumnRef column && column.table().isEmpty()) {
            return Optional.of(column.column());
        }
        // SQLite takes a string literal in this place for the name of a column.
        return expression instanceof Expression.StringLiteral literal
                ? Optional.of(new Name(literal.value(), Name.Quoting.SINGLE))
                : Optional.empty();
    }
}
