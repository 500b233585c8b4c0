package dev.outgrow.internal.sqlite.catalog;

import dev.outgrow.internal.sqlite.ddl.ConflictResolution;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.typemap.SourceColumn;
import java.util.Optional;

/**
 * A column of a table. Immutable.
 *
 * @param source what the type map needs to know of it
 * @param defaultValue the DEFAULT, if written
 * @param generation how it is computed, if it is a generated column
 * @param hidden whether it has no values to read: a hidden column of a virtual table, or a VIRTUAL generated column
 *     that SQLite cannot compute here, because the application defines the function for it
 * @param notNullName the name of the NOT NULL constraint, if the text has one
 * @param notNullConflict the ON CONFLICT clause of the NOT NULL constraint, if written
 */
public record SqliteColumn(
        SourceColumn source,
        Optional<SqlText> defaultValue,
        Optional<Generation> generation,
        boolean hidden,
        Optional<String> notNullName,
        Optional<ConflictResolution> notNullConflict) {
    /** The column's name, unquoted. */
    public String name() {
        return source.name();
    }

    /** Whether it is a generated column that SQLite cannot compute without the application. */
    public boolean uncomputable() {
        return hidden && generation.isPresent();
    }

    SqliteColumn withoutValues() {
        return new SqliteColumn(source, defaultValue, generation, true, notNullName, notNullConflict);
    }

    /**
     * How a generated column is computed.
     *
     * @param expression the expression; its text is empty if the table's text could not be parsed
     * @param stored whether it is STORED; else it is VIRTUAL, computed when it is read
     */
    public record Generation(SqlText expression, boolean stored) {}
}
