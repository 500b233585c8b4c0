package dev.outgrow;

import static dev.outgrow.RollBackCase.execute;
import static dev.outgrow.RollBackCase.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.Thorough;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed, as by the operating system. {@code -Doutgrow.test.kills=200} kills it more often. */
@Thorough
@Timeout(3600)
class KilledRollBackIT {
    private static final int KILLS = Integer.getInteger("outgrow.test.kills", 4);
    private static final long SEED = Long.getLong("outgrow.test.seed", 19);
    private static final System.Logger LOG = System.getLogger(KilledRollBackIT.class.getName());

    @TempDir
    Path folder;

    private SwitchoverCase app(TestDatabase database) {
        SwitchoverCase app = new SwitchoverCase(folder, database);
        SqliteFiles.write(
                app.file(),
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT)",
                "CREATE TABLE posts(id INTEGER PRIMARY KEY, user_id INT NOT NULL REFERENCES users(id), body TEXT)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                        + " INSERT INTO users SELECT i, 'user ' || i, NULL FROM n",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
                        + " INSERT INTO posts SELECT i, 1 + i % 5000, 'body ' || i FROM n");
        return app;
    }

    private long killed(SwitchoverCase app, long after) throws Exception {
        Path errors = folder.resolve("errors.txt");
        Process process = SwitchInAnotherProcess.start(
                app.file(), app.database().jdbcUrl(), SwitchInAnotherProcess.What.BACK, KillAt.Step.NEVER, 0, errors);
        long millis;
        try (BufferedReader says = process.inputReader()) {
            assertThat(says.readLine()).as(Files.readString(errors)).isEqualTo("begun");
            long begun = System.nanoTime();
            boolean ended = process.waitFor(after, TimeUnit.MILLISECONDS);
            millis = ended ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) : after;
        }
        process.destroyForcibly().waitFor();
        return millis;
    }

    private static String last(TestDatabase database) {
        return String.valueOf(database.value("SELECT event FROM outgrow.event ORDER BY id DESC LIMIT 1"));
    }

    @Test
    @DisplayName("Killed on the way back, there is no file and PostgreSQL is as before, or all of it is done")
    void leavesNoFileOrAWholeOne() throws Exception {
        Random random = new Random(SEED);
        Map<String, Integer> left = new TreeMap<>();
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            SwitchoverCase app = app(database);
            Path made = folder.resolve("app.db.back");
            Switchover switchover = SwitchInAnotherProcess.of(app.file(), database.jdbcUrl());
            switchover.switchOver();
            execute(
                    database,
                    "UPDATE users SET note = 'new' WHERE id % 50 = 0",
                    "DELETE FROM posts WHERE id % 70 = 0",
                    "INSERT INTO posts SELECT 30000 + i, i, 'new' FROM generate_series(1, 300) i");
            List<String> content = Disturbed.content(database);
            byte[] old = Files.readAllBytes(app.file());
            long millis = killed(app, Long.MAX_VALUE);
            List<String> users = rows(made, "users", "id");
            List<String> posts = rows(made, "posts", "id");
            assertThat(last(database)).isEqualTo("BACK_ON_SQLITE");
            for (int kill = 0; kill < KILLS; kill++) {
                // As if it had not gone back.
                database.execute("DELETE FROM outgrow.event WHERE event = 'BACK_ON_SQLITE'");
                Files.deleteIfExists(made);
                Files.deleteIfExists(app.marker());
                Files.deleteIfExists(folder.resolve("app.db.back.outgrow-switchover"));
                long after = random.nextLong(Math.max(1, millis));
                killed(app, after);
                Disturbed.awaitNobody(database);
                String when = "killed after " + after + " ms of " + millis + ", seed " + SEED;
                boolean back = last(database).equals("BACK_ON_SQLITE");
                left.merge(last(database) + (Files.exists(made) ? " with a file" : ""), 1, Integer::sum);
                LOG.log(System.Logger.Level.DEBUG, "{0} kills left: {1}", kill + 1, left);
                assertThat(Disturbed.content(database)).as(when).isEqualTo(content);
                assertThat(Files.readAllBytes(app.file())).as(when).isEqualTo(old);
                if (!back) {
                    assertThat(switchover.active()).as(when).isEqualTo(ActiveDatabase.POSTGRES);
                    switchover.rollBack(made);
                }
                assertThat(Switchover.of(Migration.from(made).to(database.jdbcUrl()))
                                .active())
                        .as(when)
                        .isEqualTo(ActiveDatabase.SQLITE);
                assertThat(rows(made, "users", "id")).as(when).isEqualTo(users);
                assertThat(rows(made, "posts", "id")).as(when).isEqualTo(posts);
                if (!back) {
                    assertThat(folder.toFile().list())
                            .as(when)
                            .noneMatch(name -> name.startsWith(".app.db.back") || name.contains("way-back"));
                }
            }
        }
    }
}
