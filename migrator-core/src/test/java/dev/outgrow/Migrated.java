package dev.outgrow;

import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import java.nio.file.Path;

/** The short way of a test from statements of SQLite to a migration. */
final class Migrated {
    private Migrated() {}

    /** A migration of a file made of these statements, into the schema public of the database. */
    static Migration migration(Path folder, TestDatabase database, String... statements) {
        Path file = SqliteFiles.write(folder.resolve("app.db"), statements);
        return Migration.from(file).to(database.dataSource());
    }
}
