package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/** A constraint that is written after the columns. */
public sealed interface TableConstraint {
    /** The name that CONSTRAINT gives it. */
    Optional<Name> name();

    /**
     * {@code PRIMARY KEY (…)}.
     *
     * @param name the constraint's name
     * @param terms the columns
     * @param autoincrement whether AUTOINCREMENT was written
     * @param conflict the ON CONFLICT clause
     */
    record PrimaryKey(
            Optional<Name> name, List<IndexedTerm> terms, boolean autoincrement, Optional<ConflictResolution> conflict)
            implements TableConstraint {
        public PrimaryKey {
            terms = ImmutableList.copyOf(terms);
        }
    }

    /**
     * {@code UNIQUE (…)}.
     *
     * @param name the constraint's name
     * @param terms the columns
     * @param conflict the ON CONFLICT clause
     */
    record Unique(Optional<Name> name, List<IndexedTerm> terms, Optional<ConflictResolution> conflict)
            implements TableConstraint {
        public Unique {
            terms = ImmutableList.copyOf(terms);
        }
    }

    /**
     * {@code CHECK (condition)}. SQLite ignores an ON CONFLICT clause here.
     *
     * @param name the constraint's name
     * @param condition the condition
     */
    record Check(Optional<Name> name, SqlText condition) implements TableConstraint {}

    /**
     * {@code FOREIGN KEY (…) REFERENCES parent}.
     *
     * @param name the constraint's name
     * @param columns the columns of this table
     * @param reference what they refer to
     */
    record ForeignKey(Optional<Name> name, List<Name> columns, Reference reference) implements TableConstraint {
        public ForeignKey {
            columns = ImmutableList.copyOf(columns);
        }
    }
}
