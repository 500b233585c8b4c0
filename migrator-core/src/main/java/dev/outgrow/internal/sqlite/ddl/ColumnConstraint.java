package dev.outgrow.internal.sqlite.ddl;

import java.util.Optional;

/** A constraint after a column and its type. SQLite allows a name before each, even if it means nothing. */
public sealed interface ColumnConstraint {
    /** The name that CONSTRAINT gives it. */
    Optional<Name> name();

    /**
     * {@code PRIMARY KEY}.
     *
     * @param name the constraint's name
     * @param descending whether DESC was written, which keeps an INTEGER column from being a rowid alias
     * @param conflict the ON CONFLICT clause
     * @param autoincrement whether AUTOINCREMENT was written
     */
    record PrimaryKey(
            Optional<Name> name, boolean descending, Optional<ConflictResolution> conflict, boolean autoincrement)
            implements ColumnConstraint {}

    /**
     * {@code NOT NULL}, or just {@code NULL}, which has no effect.
     *
     * @param name the constraint's name
     * @param conflict the ON CONFLICT clause
     * @param nullable whether NOT is missing
     */
    record NotNull(Optional<Name> name, Optional<ConflictResolution> conflict, boolean nullable)
            implements ColumnConstraint {}

    /**
     * {@code UNIQUE}.
     *
     * @param name the constraint's name
     * @param conflict the ON CONFLICT clause
     */
    record Unique(Optional<Name> name, Optional<ConflictResolution> conflict) implements ColumnConstraint {}

    /**
     * {@code CHECK (condition)}.
     *
     * @param name the constraint's name
     * @param condition the condition
     */
    record Check(Optional<Name> name, SqlText condition) implements ColumnConstraint {}

    /**
     * {@code DEFAULT value}.
     *
     * @param name the constraint's name
     * @param value the value; an identifier has become the string that SQLite takes it for
     */
    record Default(Optional<Name> name, SqlText value) implements ColumnConstraint {}

    /**
     * {@code COLLATE collation}. The last one counts.
     *
     * @param name the constraint's name
     * @param collation the collating sequence
     */
    record Collation(Optional<Name> name, Name collation) implements ColumnConstraint {}

    /**
     * {@code GENERATED ALWAYS AS (expression)}.
     *
     * @param name the constraint's name
     * @param expression the expression
     * @param stored whether it is STORED
     */
    record Generated(Optional<Name> name, SqlText expression, boolean stored) implements ColumnConstraint {}

    /**
     * {@code REFERENCES parent}.
     *
     * @param name the constraint's name
     * @param reference what it refers to
     */
    record ForeignKey(Optional<Name> name, Reference reference) implements ColumnConstraint {}
}
