package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.testing.Patience;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM loads for a small database: nothing that only others need. */
@ExtendWith(TestPostgres.class)
class StartUpIT {
    @TempDir
    Path folder;

    @Test
    void loadsNoTranslatorWhereNothingIsTranslated(TestDatabase database)
            throws SQLException, IOException, InterruptedException {
        List<String> loaded = loaded(
                database,
                "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER NOT NULL DEFAULT 0, s TEXT DEFAULT 'x', UNIQUE (n, s))",
                "CREATE TABLE b (a INTEGER REFERENCES a, word TEXT PRIMARY KEY, flag BOOLEAN DEFAULT 1, at DATETIME, price DECIMAL(10, 2))",
                "CREATE INDEX by_a ON b (a DESC, word)",
                "INSERT INTO a VALUES (1, 2, 'y')",
                "INSERT INTO b VALUES (1, 'w', 0, '2020-01-02 03:04:05', 1.25)");
        assertThat(loaded).anyMatch(name -> name.startsWith("dev.outgrow."));
        assertThat(loaded).noneMatch(name -> name.startsWith("org.jooq."));
    }

    @Test
    void loadsTheTranslatorForAView(TestDatabase database) throws SQLException, IOException, InterruptedException {
        List<String> loaded = loaded(database, "CREATE TABLE a (id INTEGER)", "CREATE VIEW v AS SELECT id FROM a");
        assertThat(loaded).anyMatch(name -> name.startsWith("org.jooq."));
    }

    private List<String> loaded(TestDatabase database, String... statements)
            throws SQLException, IOException, InterruptedException {
        Path file = folder.resolve("app.db");
        SqliteFiles.write(file, statements);
        Path classes = folder.resolve("classes.txt");
        Path said = folder.resolve("said.txt");
        Process process = RunInAnotherProcess.start(
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xlog:class+load:file=" + classes + "::filecount=0"),
                file,
                database.jdbcUrl(),
                said,
                "run");
        int status = Patience.exitOf(process);
        assertThat(status).as(Files.readString(said)).isZero();
        return Files.readAllLines(classes).stream()
                .map(line -> line.substring(line.lastIndexOf("] ") + 2))
                .toList();
    }
}
