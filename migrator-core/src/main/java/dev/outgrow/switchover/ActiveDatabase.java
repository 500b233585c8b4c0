package dev.outgrow.switchover;

/** On which database an application is to start. Made to be switched on. */
public enum ActiveDatabase {
    /** The SQLite file holds the data. */
    SQLITE,
    /** PostgreSQL is named and the data is still in SQLite: {@code switchOver()} is next. */
    MIGRATION_DUE,
    /** PostgreSQL holds the data. */
    POSTGRES
}
