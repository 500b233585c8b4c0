package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A rehearsal is killed: what is left of it goes with the next call, whatever that is. */
@Thorough
@ExtendWith(TestPostgres.class)
class KilledRehearsalIT {
    private static final String[] APP_SCHEMA = {
        "CREATE TABLE users(id bigserial PRIMARY KEY, name text NOT NULL UNIQUE)",
        "CREATE TABLE posts(id bigserial PRIMARY KEY, user_id int NOT NULL REFERENCES users, body text)",
        "CREATE TABLE small0(a int, b text)",
        "CREATE TABLE small1(a int, b text)",
        "CREATE TABLE small2(a int, b text)",
        "CREATE TABLE small3(a int, b text)",
        "CREATE TABLE small4(a int, b text)"
    };

    @TempDir
    static Path folder;

    private static Path file = Path.of("");
    private static List<String> undisturbed = List.of();
    private static long millis;

    /** The schema that the app's own migrations are to make. */
    static ExistingSchema prepared() {
        return TargetSchema.existing("public").preparedBy(postgres -> {
            try (Connection connection = postgres.getConnection();
                    Statement statement = connection.createStatement()) {
                for (String sql : APP_SCHEMA) {
                    statement.execute(sql);
                }
            }
        });
    }

    @BeforeAll
    static void rehearsesUndisturbed() throws IOException, InterruptedException {
        file = Disturbed.source(folder.resolve("app.db"), Disturbed.TWO_RANGES);
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            Migration.from(file).to(database.jdbcUrl()).run();
            undisturbed = content(database);
            Files.delete(folder.resolve("app.db.outgrow-backup"));
        }
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            long start = System.nanoTime();
            Process rehearsal = start(database, "rehearse");
            assertThat(rehearsal.waitFor())
                    .as(() -> Disturbed.text(folder.resolve("out.txt")))
                    .isZero();
            millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        }
    }

    private static Process start(TestDatabase database, String what) throws IOException {
        return RunInAnotherProcess.start(file, database.jdbcUrl(), folder.resolve("out.txt"), what);
    }

    private static void killed(TestDatabase database, String what, long afterMillis)
            throws IOException, InterruptedException {
        Process rehearsal = start(database, what);
        rehearsal.waitFor(afterMillis, TimeUnit.MILLISECONDS);
        rehearsal.destroyForcibly().waitFor();
        Disturbed.awaitNobody(database);
    }

    private static List<String> content(TestDatabase database) {
        List<String> content = Disturbed.content(database);
        content.add("run " + database.value("SELECT string_agg(id || kind, ' ' ORDER BY id) FROM outgrow.run"));
        return content;
    }

    @Test
    @DisplayName("Killed at random instants, it is taken back by the next rehearsal, and by the next run")
    void isTakenBackByTheNextCall() throws Exception {
        Random random = new Random(Disturbed.SEED);
        for (int instant = 0; instant < Disturbed.INSTANTS; instant++) {
            try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
                List<String> before = WholeDatabase.of(database);
                long after = random.nextLong(millis / 3, millis);
                killed(database, "rehearse", after);
                Migration migration = Migration.from(file).to(database.jdbcUrl());
                if (instant % 2 == 0) {
                    migration.rehearse();
                    assertThat(WholeDatabase.of(database))
                            .as("killed after %d ms, seed %d", after, Disturbed.SEED)
                            .isEqualTo(before);
                    assertThat(names()).containsExactly("app.db", "out.txt");
                    killed(database, "rehearse", after);
                }
                migration.run();
                assertThat(content(database))
                        .as("killed after %d ms, seed %d", after, Disturbed.SEED)
                        .isEqualTo(undisturbed);
                Files.delete(folder.resolve("app.db.outgrow-backup"));
            }
        }
    }

    @Test
    @DisplayName("Killed while it fills tables that exist, the server takes it back")
    void isTakenBackByTheServer() throws Exception {
        Random random = new Random(Disturbed.SEED);
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            database.execute(APP_SCHEMA);
            List<String> before = WholeDatabase.of(database);
            for (int instant = 0; instant < Disturbed.INSTANTS; instant++) {
                long after = random.nextLong(millis / 3, millis);
                killed(database, "rehearse existing", after);
                assertThat(WholeDatabase.of(database))
                        .as("killed after %d ms, seed %d", after, Disturbed.SEED)
                        .isEqualTo(before);
            }
        }
    }

    @Test
    @DisplayName("The database of its own that a killed rehearsal left is dropped by the next run")
    void itsOwnDatabaseIsDroppedByTheNextRun() throws Exception {
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            List<String> before = WholeDatabase.of(database);
            assertThat(start(database, "rehearse prepared").waitFor()).isNotZero();
            Disturbed.awaitNobody(database);
            assertThat(WholeDatabase.of(database)).hasSize(before.size() + 1);
            Migration.from(file).to(database.jdbcUrl()).into(prepared()).run();
            assertThat(WholeDatabase.of(database)).noneMatch(line -> line.contains("outgrow_rehearsal_"));
            assertThat(database.value("SELECT count(*) FROM users")).isEqualTo("5000");
            Files.deleteIfExists(folder.resolve("app.db.outgrow-backup"));
        }
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
