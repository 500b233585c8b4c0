package dev.outgrow;

import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder in which an application goes to PostgreSQL and comes back, for tests that {@code TestPostgres} gives a database. */
abstract class RollBackFolder {
    @TempDir
    Path folder;

    TestDatabase database;

    @BeforeEach
    void knowsTheServer(TestDatabase given) {
        database = given;
    }

    final Path file() {
        return folder.resolve("app.db");
    }

    final Path newFile() {
        return folder.resolve("new.db");
    }

    final Path backup() {
        return folder.resolve("app.db.outgrow-backup");
    }

    /** Writes the file, and switches whatever the plan says, with times without a zone in UTC. */
    final Switchover switchover(String... statements) {
        SqliteFiles.write(file(), statements);
        return Switchover.of(Migration.from(file())
                .to(database.dataSource())
                .accept("*")
                .typeRules(TypeRules.standard().everyColumn().naiveTimesIn(ZoneOffset.UTC)));
    }
}
