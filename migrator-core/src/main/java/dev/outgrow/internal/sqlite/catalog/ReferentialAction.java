package dev.outgrow.internal.sqlite.catalog;

/** What a foreign key does with the rows that refer to a changed or deleted one. */
public enum ReferentialAction {
    /** Refuses, when the statement or the transaction ends. */
    NO_ACTION,
    /** Refuses at once. */
    RESTRICT,
    /** Sets their columns to NULL. */
    SET_NULL,
    /** Sets their columns to their defaults. */
    SET_DEFAULT,
    /** Changes or deletes them too. */
    CASCADE
}
