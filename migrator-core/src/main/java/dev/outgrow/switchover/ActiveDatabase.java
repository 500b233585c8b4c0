package dev.outgrow.switchover;

/** The database on which an application is to start. Meant for a switch. */
public enum ActiveDatabase {
    /** The SQLite file holds the data. */
    SQLITE("the SQLite file"),
    /** The settings name PostgreSQL, and the data is still in SQLite: {@code switchOver()} is next. */
    MIGRATION_DUE("the SQLite file, until the migration is done"),
    /** PostgreSQL holds the data. */
    POSTGRES("PostgreSQL");

    private final String words;

    ActiveDatabase(String words) {
        this.words = words;
    }

    /** The same in words, for a person. */
    public String words() {
        return words;
    }
}
