package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.KillAt.Step;
import dev.outgrow.SwitchInAnotherProcess.What;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.Thorough;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process is killed while it copies ahead, brings a copy up, or switches with one: the next call continues or begins anew. */
@Thorough
@Timeout(600)
class KilledCopyAheadIT {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, note TEXT)",
                "CREATE TABLE posts(id INTEGER PRIMARY KEY, user_id INT NOT NULL REFERENCES users(id), body TEXT)",
                "CREATE TABLE log(line TEXT)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                        + " INSERT INTO users SELECT i, 'user ' || i, NULL FROM n",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
                        + " INSERT INTO posts SELECT i, 1 + i % 5000, 'body ' || i FROM n",
                "CREATE VIEW names AS SELECT name FROM users");
    }

    private void work(int number) {
        SqliteFiles.write(
                file,
                "UPDATE posts SET body = body || '!' WHERE id % 50 = " + number,
                "DELETE FROM posts WHERE id % 100 = " + number,
                "INSERT INTO users(name) VALUES ('new')",
                "INSERT INTO log VALUES ('line')");
    }

    private void killed(TestDatabase database, What what, Step step, long micros) throws Exception {
        Process process = SwitchInAnotherProcess.start(
                file, database.jdbcUrl(), what, step, micros, folder.resolve("errors.txt"));
        try (BufferedReader says = process.inputReader()) {
            assertThat(says.readLine()).isEqualTo("begun");
            process.waitFor();
        }
        Disturbed.awaitNobody(database);
    }

    @ParameterizedTest
    @CsvSource({
        "0, AHEAD, SNAPSHOT",
        "0, AHEAD, DATA",
        "0, AHEAD, VALIDATION",
        "1, AHEAD, PRE_DATA",
        "1, AHEAD, VALIDATION",
        "1, SWITCH, PRE_DATA",
        "1, SWITCH, VALIDATION",
        "1, SWITCH, PUBLICATION",
        "1, SWITCH, SECOND_MARKER"
    })
    void leavesNothingThatTheNextCallTripsOver(int copies, What what, Step step) throws Exception {
        Random random = new Random(copies + step.name().hashCode());
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            Switchover switchover = SwitchInAnotherProcess.of(file, database.jdbcUrl());
            if (copies > 0) {
                switchover.copyAhead();
                work(1);
            }
            killed(database, what, step, random.nextLong(step.atMostMicros()));
            if (switchover.active() == ActiveDatabase.MIGRATION_DUE
                    && "0".equals(database.value("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))) {
                assertThat(Switchover.of(Migration.from(file)).active()).isEqualTo(ActiveDatabase.SQLITE);
                work(2);
                if (random.nextBoolean()) {
                    switchover.copyAhead();
                    work(3);
                }
            }
            switchover.switchOver();
            assertThat(switchover.active()).isEqualTo(ActiveDatabase.POSTGRES);
            try (TestDatabase other = PostgresServer.shared().freshDatabase()) {
                Migration.from(file).to(other.jdbcUrl()).run();
                assertThat(Disturbed.content(database)).isEqualTo(Disturbed.content(other));
            }
        }
        Files.delete(folder.resolve("errors.txt"));
        // The backup of a switch that was cut off stays, since the application has written since.
        assertThat(folder.toFile().list())
                .filteredOn(name -> !name.startsWith("app.db.outgrow-backup"))
                .containsExactlyInAnyOrder("app.db", "app.db.outgrow-switchover");
    }
}
