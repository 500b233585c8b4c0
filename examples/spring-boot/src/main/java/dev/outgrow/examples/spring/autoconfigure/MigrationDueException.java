package dev.outgrow.examples.spring.autoconfigure;

import java.io.Serial;

/** The settings name PostgreSQL, the data is still in SQLite, and nobody said that the app may switch while it starts. */
public final class MigrationDueException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    MigrationDueException(String file) {
        super("The settings name PostgreSQL, but the data is still in the SQLite file " + file
                + ". Nothing was changed, neither there nor in PostgreSQL.");
    }

    /** What to do. */
    public String remedy() {
        return "To switch, stop every other instance of the app, keep a copy of the file, and start the app once with"
                + " outgrow.on-startup=run. To go on with SQLite, take the URL of PostgreSQL out of the settings.";
    }
}
