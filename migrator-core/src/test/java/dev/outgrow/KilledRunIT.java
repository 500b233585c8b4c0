package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPostgres.class)
class KilledRunIT {
    private static final int KILLS = 4;

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "P8 P13 P15 a run that is killed again and again publishes nothing, and the last call ends as an undisturbed one")
    void endsAsIfUndisturbed(TestDatabase database) throws IOException, InterruptedException {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE)",
                "CREATE TABLE posts(id INTEGER PRIMARY KEY, user_id INT NOT NULL REFERENCES users(id), body TEXT)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                        + " INSERT INTO users SELECT i, 'user ' || i FROM n",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120000)"
                        + " INSERT INTO posts SELECT i, 1 + i % 5000, 'body ' || i || hex(zeroblob(250)) FROM n",
                "CREATE INDEX posts_user ON posts(user_id)");
        byte[] before = Files.readAllBytes(file);
        long seed = Long.getLong("migrator.seed", 20261123);
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            Process run = RunInAnotherProcess.start(file, database.jdbcUrl(), folder.resolve("out.txt"));
            awaitJournal(database, run);
            boolean ended = run.waitFor(random.nextInt(1500), TimeUnit.MILLISECONDS);
            run.destroyForcibly().waitFor();
            if (!ended) {
                assertThat(database.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                        .as("relations under the target's names after kill %d of seed %d", kill, seed)
                        .isIn("0", "7");
            }
        }
        MigrationReport report = Migration.from(file).to(database.jdbcUrl()).run();
        assertThat(report.rows()).as("seed %d", seed).isEqualTo(125_000);
        assertThat(database.value("SELECT count(*) || ' ' || count(DISTINCT id) || ' ' || sum(user_id) FROM posts"))
                .isEqualTo("120000 120000 300060000");
        assertThat(database.value("INSERT INTO users(name) VALUES ('next') RETURNING id"))
                .isEqualTo("5001");
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow_staging%'"))
                .isEqualTo("0");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    /** The run is under way once the journal is there; a run that ends before was the one that finished. */
    private static void awaitJournal(TestDatabase database, Process run) throws InterruptedException {
        for (int i = 0; i < 600 && run.isAlive(); i++) {
            if ("t".equals(database.value("SELECT to_regclass('outgrow.run') IS NOT NULL"))) {
                return;
            }
            Thread.sleep(50);
        }
    }
}
