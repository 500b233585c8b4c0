package dev.outgrow.internal.sqlite.ddl;

/**
 * What an ON CONFLICT clause of a constraint asks for. PostgreSQL's constraints know only {@link #ABORT}.
 *
 * @see <a href="https://sqlite.org/lang_conflict.html">SQLite, "The ON CONFLICT Clause"</a>
 */
public enum ConflictResolution {
    /** Rolls the transaction back. */
    ROLLBACK,
    /** Undoes the statement: what happens without a clause. */
    ABORT,
    /** Ends the statement, and keeps what it did. */
    FAIL,
    /** Skips the row. */
    IGNORE,
    /** Deletes the rows that are in the way; a NULL becomes the column's default. */
    REPLACE
}
