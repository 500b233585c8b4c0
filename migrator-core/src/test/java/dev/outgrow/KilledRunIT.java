package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed, as by the operating system: nothing of it gets to clean up. */
@Thorough
class KilledRunIT {
    @TempDir
    static Path folder;

    private static Path file = Path.of("");
    private static byte[] before = new byte[0];
    private static List<String> undisturbed = List.of();
    private static List<String> loaded = List.of();
    private static long millis;

    private final TestDatabase database = PostgresServer.shared().freshDatabase();

    @BeforeAll
    static void runsUndisturbed() throws IOException, InterruptedException {
        file = Disturbed.source(folder.resolve("app.db"), Disturbed.TWO_RANGES);
        before = Files.readAllBytes(file);
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            long start = System.nanoTime();
            Process run = RunInAnotherProcess.start(file, database.jdbcUrl(), folder.resolve("out.txt"), "run");
            assertThat(Patience.exitOf(run))
                    .as(() -> Disturbed.text(folder.resolve("out.txt")))
                    .isZero();
            millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            undisturbed = Disturbed.content(database);
        }
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            makeTables(database);
            Migration.from(file)
                    .to(database.jdbcUrl())
                    .into(TargetSchema.existing("public"))
                    .run();
            loaded = Disturbed.content(database);
        }
    }

    /** As migrations of the app's own would, for the view too. */
    private static void makeTables(TestDatabase database) {
        database.execute(
                "CREATE EXTENSION citext",
                "CREATE TABLE users(id bigserial PRIMARY KEY, name text NOT NULL UNIQUE)",
                "CREATE TABLE posts(id bigint PRIMARY KEY, user_id int NOT NULL REFERENCES users, body text)",
                "CREATE INDEX posts_user ON posts(user_id)");
        for (int i = 0; i < 5; i++) {
            database.execute("CREATE TABLE small" + i + "(a int, b citext)");
        }
    }

    @AfterEach
    void drops() {
        database.close();
    }

    @Test
    @DisplayName("Killed in each phase in turn, a run goes on each time, and at last ends as an undisturbed one")
    void goesOnAfterAKillInEachPhase() throws Exception {
        try (PublicationWatch watch = new PublicationWatch(database)) {
            Set<String> done = Set.of();
            for (Phase phase : Phase.values()) {
                Process run = RunInAnotherProcess.start(
                        file, database.jdbcUrl(), folder.resolve("out.txt"), RunInAnotherProcess.dying(phase));
                assertThat(Patience.exitOf(run)).as("killed in %s", phase).isNotZero();
                Set<String> steps = new TreeSet<>(Disturbed.steps(database));
                assertThat(steps).as("recorded when it was killed in %s", phase).containsAll(done);
                done = steps;
            }
            assertThat(done).filteredOn(step -> step.startsWith("rows:posts:")).hasSize(2);
            assertThat(watch.seen()).containsExactly("nothing");
            Disturbed.finish(Migration.from(file).to(database.jdbcUrl()), database);
        }
        assertThat(Disturbed.content(database)).isEqualTo(undisturbed);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(names()).containsExactly("app.db", "app.db.outgrow-backup", "out.txt");
    }

    @Test
    @DisplayName("Killed at random instants, a run leaves nothing to be seen, and ends as an undisturbed one")
    void goesOnAfterKillsAtRandomInstants() throws Exception {
        Random random = new Random(Disturbed.SEED);
        for (int instant = 0; instant < Disturbed.INSTANTS; instant++) {
            long after = random.nextLong(millis / 4, millis);
            try (TestDatabase another = PostgresServer.shared().freshDatabase()) {
                Set<String> seen;
                try (PublicationWatch watch = new PublicationWatch(another)) {
                    killed(another, after, "run");
                    Disturbed.finish(Migration.from(file).to(another.jdbcUrl()), another);
                    seen = watch.seen();
                }
                assertThat(Disturbed.content(another))
                        .as("killed after %d ms, seed %d", after, Disturbed.SEED)
                        .isEqualTo(undisturbed);
                assertThat(seen)
                        .as("killed after %d ms, seed %d", after, Disturbed.SEED)
                        .containsExactly("nothing", "everything");
            }
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    @DisplayName("Killed while it fills tables that exist, a run leaves them as they were")
    void leavesTablesThatExistAsTheyWere() throws Exception {
        Random random = new Random(Disturbed.SEED);
        for (int instant = 0; instant < Disturbed.INSTANTS; instant++) {
            try (TestDatabase another = PostgresServer.shared().freshDatabase()) {
                makeTables(another);
                List<String> empty = Disturbed.content(another);
                long after = random.nextLong(millis / 4, millis);
                killed(another, after, "existing");
                Disturbed.awaitNobody(another);
                assertThat(Disturbed.content(another))
                        .as("killed after %d ms, seed %d", after, Disturbed.SEED)
                        .isIn(empty, loaded);
                Migration.from(file)
                        .to(another.jdbcUrl())
                        .into(TargetSchema.existing("public"))
                        .run();
                assertThat(Disturbed.content(another))
                        .as("killed after %d ms, seed %d", after, Disturbed.SEED)
                        .isEqualTo(loaded);
            }
        }
    }

    private static void killed(TestDatabase database, long afterMillis, String what)
            throws IOException, InterruptedException {
        Process run = RunInAnotherProcess.start(file, database.jdbcUrl(), folder.resolve("out.txt"), what);
        run.waitFor(afterMillis, TimeUnit.MILLISECONDS);
        Patience.exitOf(run.destroyForcibly());
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
