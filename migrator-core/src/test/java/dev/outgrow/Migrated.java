package dev.outgrow;

import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The short way of a test from statements of SQLite to a migration. */
final class Migrated {
    private Migrated() {}

    /** A migration of a file made of these statements, into the schema public of the database. */
    static Migration migration(Path folder, TestDatabase database, String... statements) {
        Path file = SqliteFiles.write(folder.resolve("app.db"), statements);
        return Migration.from(file).to(database.dataSource());
    }

    /** A migration of a table {@code t(id, v)}: the column v as declared, with these SQL expressions in the rows 1, 2, 3 and so on. */
    static Migration column(Path folder, TestDatabase database, String declaration, String... values) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE t(id INTEGER PRIMARY KEY, v " + declaration + ")");
        for (String value : values) {
            statements.add("INSERT INTO t(v) VALUES (" + value + ")");
        }
        return migration(folder, database, statements.toArray(String[]::new));
    }
}
