package dev.outgrow.internal.sqlite.catalog;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.ConflictResolution;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import java.util.List;
import java.util.Optional;

/**
 * An index, or the UNIQUE or PRIMARY KEY constraint that it implements. Immutable.
 *
 * @param name the name; {@code sqlite_autoindex_…} for those of constraints
 * @param unique whether it refuses equal keys
 * @param origin what made it
 * @param constraintName the name of the constraint, if the text has one
 * @param conflict the ON CONFLICT clause of the constraint, if written
 * @param terms what is indexed, in order
 * @param predicate the WHERE of a partial index
 * @param sql the CREATE INDEX as {@code sqlite_schema} keeps it; absent for those of constraints
 */
public record SqliteIndex(
        String name,
        boolean unique,
        MadeBy origin,
        Optional<String> constraintName,
        Optional<ConflictResolution> conflict,
        List<IndexTerm> terms,
        Optional<SqlText> predicate,
        Optional<String> sql) {
    /** What made an index. */
    public enum MadeBy {
        /** A CREATE INDEX. */
        CREATE_INDEX,
        /** A UNIQUE constraint. */
        UNIQUE,
        /** The PRIMARY KEY constraint. A rowid alias has no index. */
        PRIMARY_KEY
    }

    public SqliteIndex {
        terms = ImmutableList.copyOf(terms);
    }

    /**
     * One thing indexed.
     *
     * @param column the column, unless an expression is indexed
     * @param expression the expression, unless a column is indexed
     * @param collation the collating sequence, upper case; {@code BINARY} by default
     * @param descending whether it is in descending order
     */
    public record IndexTerm(
            Optional<String> column, Optional<SqlText> expression, String collation, boolean descending) {}
}
