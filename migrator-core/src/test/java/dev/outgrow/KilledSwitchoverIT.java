package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.KillAt.Step;
import dev.outgrow.SwitchInAnotherProcess.What;
import dev.outgrow.exception.Reason;
import dev.outgrow.exception.WrongDatabaseException;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.Thorough;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed, as by the operating system: at random instants, and behind each step, since the steps behind the publication
 * are short and would hardly be met by chance. {@code -Doutgrow.test.kills=200} kills it more often, and prints what that left.
 */
@Thorough
@Timeout(3600)
class KilledSwitchoverIT {
    private static final int KILLS = Integer.getInteger("outgrow.test.kills", 4);
    private static final boolean PRINTED = Integer.getInteger("outgrow.test.kills") != null;

    /** Those behind the comparison more often. */
    private static final List<Step> STEPS = List.of(
            Step.FOURTH_MARKER,
            Step.SECOND_MARKER,
            Step.SMOKE_TEST,
            Step.NEVER,
            Step.THIRD_MARKER,
            Step.PUBLICATION,
            Step.FOURTH_MARKER,
            Step.NEVER,
            Step.FIRST_MARKER,
            Step.SMOKE_TEST,
            Step.SECOND_MARKER,
            Step.VALIDATION,
            Step.DATA,
            Step.QUIESCE,
            Step.SNAPSHOT,
            Step.POST_DATA);

    private static final long SEED = Long.getLong("outgrow.test.seed", 18);
    private static final List<String> LATE = List.of(
            "INSERT INTO users VALUES (6000, 'late', NULL)",
            "UPDATE users SET note = 'late' WHERE id < 100",
            "DELETE FROM posts WHERE id < 50");

    @TempDir
    static Path folder;

    private static Path original = Path.of("");
    private static List<String> undisturbed = List.of();
    private static long millis;

    private final Map<String, Integer> left = new TreeMap<>();

    @BeforeAll
    static void switchesUndisturbed() throws Exception {
        original = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT)",
                "CREATE TABLE posts(id INTEGER PRIMARY KEY, user_id INT NOT NULL REFERENCES users(id), body TEXT)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                        + " INSERT INTO users SELECT i, 'user ' || i, NULL FROM n",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
                        + " INSERT INTO posts SELECT i, 1 + i % 5000, 'body ' || i FROM n",
                "CREATE VIEW names AS SELECT name FROM users");
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            SwitchoverCase app = copy("undisturbed", database);
            assertThat(killed(app, Kill.NONE, What.SWITCH)).as(errors()).isZero();
            undisturbed = Disturbed.content(database);
        }
    }

    private static SwitchoverCase copy(String name, TestDatabase database) throws IOException {
        SwitchoverCase app = new SwitchoverCase(Files.createDirectory(folder.resolve(name)), database);
        Files.copy(original, app.file());
        return app;
    }

    private static String errors() throws IOException {
        Path errors = folder.resolve("errors.txt");
        return Files.exists(errors) ? Files.readString(errors) : "";
    }

    /** How it is killed: behind a step, or so many milliseconds after it has begun, or not at all. */
    private record Kill(Step step, long micros, long millis) {
        static final Kill NONE = new Kill(Step.NEVER, 0, Long.MAX_VALUE);

        /** A kill of its turn. */
        static Kill of(int number, Random random) {
            Step step = STEPS.get(number % STEPS.size());
            return step == Step.NEVER
                    ? new Kill(step, 0, random.nextLong(KilledSwitchoverIT.millis))
                    : new Kill(step, random.nextLong(step.atMostMicros()), Long.MAX_VALUE);
        }

        @Override
        public String toString() {
            return (step == Step.NEVER ? "after " + millis + " ms" : micros + " µs behind " + step) + ", seed " + SEED;
        }
    }

    private static int killed(SwitchoverCase app, Kill kill, What what) throws Exception {
        Process process = SwitchInAnotherProcess.start(
                app.file(), app.database().jdbcUrl(), what, kill.step(), kill.micros(), folder.resolve("errors.txt"));
        try (BufferedReader says = process.inputReader()) {
            assertThat(says.readLine()).as(errors()).isEqualTo("begun");
            long begun = System.nanoTime();
            boolean ended = process.waitFor(kill.millis(), TimeUnit.MILLISECONDS);
            if (ended && kill.equals(Kill.NONE)) {
                millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            }
        }
        return process.destroyForcibly().waitFor();
    }

    private static String last(TestDatabase database) {
        return "t".equals(database.value("SELECT to_regclass('outgrow.event') IS NOT NULL"))
                ? String.valueOf(database.value(
                        "SELECT coalesce((SELECT event FROM outgrow.event ORDER BY id DESC LIMIT 1), 'none')"))
                : "none";
    }

    @Test
    @DisplayName(
            "Killed at random instants of a switch, the next look tells the truth, and the next switch ends as an undisturbed one")
    void goesOnWithASwitch() throws Exception {
        Random random = new Random(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
                SwitchoverCase app = copy("switch" + kill, database);
                Kill how = Kill.of(kill, random);
                killed(app, how, What.SWITCH);
                goesOn(app, how);
            }
        }
        print();
    }

    @Test
    @DisplayName(
            "Killed while it takes a switch back, the next look tells the truth, and the next switch ends as an undisturbed one")
    void goesOnWithdrawing() throws Exception {
        Random random = new Random(SEED);
        for (int kill = 0; kill < Math.max(1, KILLS / 8); kill++) {
            try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
                SwitchoverCase app = copy("withdrawn" + kill, database);
                Kill how = kill % 3 == 0
                        ? new Kill(Step.FOURTH_MARKER, random.nextLong(2_000), Long.MAX_VALUE)
                        : new Kill(Step.SMOKE_TEST, 100_000 + random.nextLong(80_000), Long.MAX_VALUE);
                killed(app, how, What.WITHDRAW);
                goesOn(app, how);
            }
        }
        print();
    }

    private void goesOn(SwitchoverCase app, Kill how) throws Exception {
        TestDatabase database = app.database();
        byte[] before = Files.readAllBytes(original);
        Disturbed.awaitNobody(database);
        String happened = last(database);
        String marker = Files.exists(app.marker())
                ? app.markerText().replaceAll("(?s).*\"happened\": \"(\\w+)\".*", "$1")
                : "none";
        boolean sealed = !Files.getPosixFilePermissions(app.file()).contains(PosixFilePermission.OWNER_WRITE);
        left.merge("journal " + happened + ", marker " + marker + (sealed ? ", sealed" : ""), 1, Integer::sum);
        Switchover switchover = SwitchInAnotherProcess.of(app.file(), database.jdbcUrl());
        String when = "killed " + how + ", " + happened + ", " + marker;
        assertThat(switchover.active())
                .as(when)
                .isEqualTo(
                        switch (happened) {
                            case "SWITCHED" -> ActiveDatabase.POSTGRES;
                            case "WITHDRAWN" -> ActiveDatabase.SQLITE;
                            default -> ActiveDatabase.MIGRATION_DUE;
                        });
        if (happened.equals("none")) {
            assertThat(Disturbed.content(database)).as(when).noneMatch(line -> line.startsWith("posts "));
            assertThat(app.sqliteOnly().active()).as(when).isEqualTo(ActiveDatabase.SQLITE);
        } else if (happened.equals("WITHDRAWN")) {
            assertThat(app.sqliteOnly().active()).as(when).isEqualTo(ActiveDatabase.SQLITE);
        } else {
            assertThat(Disturbed.content(database)).as(when).isEqualTo(undisturbed);
        }
        switchover.switchOver();
        assertThat(Disturbed.content(database)).as(when).isEqualTo(undisturbed);
        assertThat(switchover.active()).as(when).isEqualTo(ActiveDatabase.POSTGRES);
        assertThat(movedOn(app)).as(when).isTrue();
        assertThat(Files.readAllBytes(app.file())).as(when).isEqualTo(before);
        assertThat(Files.readAllBytes(app.backup())).as(when).isEqualTo(before);
        assertThat(app.folder().toFile().list())
                .as(when)
                .containsExactlyInAnyOrder("app.db", "app.db.outgrow-backup", "app.db.outgrow-switchover");
    }

    private void print() {
        if (PRINTED) {
            left.forEach((state, count) -> System.out.println(count + " times " + state));
        }
    }

    private static boolean movedOn(SwitchoverCase app) {
        try {
            return app.sqliteOnly().active() == null;
        } catch (WrongDatabaseException e) {
            return e.reason() == Reason.MOVED_ON;
        }
    }

    private static String timesCarried(TestDatabase database) {
        return String.valueOf(database.value("SELECT count(*) FROM outgrow.event WHERE event = 'LATE_WRITES_CARRIED'"));
    }

    @Test
    @DisplayName(
            "Killed while it carries late writes over, all of them are there or none, and the next call carries the rest")
    void goesOnCarryingLateWrites() throws Exception {
        Random random = new Random(SEED);
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            SwitchoverCase app = copy("late", database);
            Switchover switchover = Switchover.of(Migration.from(app.file()).to(database.jdbcUrl()))
                    .seal(false);
            switchover.switchOver();
            app.write(LATE.toArray(String[]::new));
            for (int kill = 0; kill < Math.max(2, KILLS / 8); kill++) {
                String before = timesCarried(database);
                killed(
                        app,
                        kill % 2 == 0
                                ? new Kill(Step.FIRST_MARKER, random.nextLong(2_000), Long.MAX_VALUE)
                                : new Kill(Step.NEVER, 0, random.nextLong(millis)),
                        What.CARRY);
                Disturbed.awaitNobody(database);
                boolean carried = !timesCarried(database).equals(before);
                assertThat(database.value("SELECT count(*) FROM users WHERE note = 'late'"))
                        .isEqualTo(carried ? "99" : "0");
                assertThat(database.value("SELECT count(*) FROM posts WHERE id < 50"))
                        .isEqualTo(carried ? "0" : "49");
                assertThat(switchover.carryLateWrites().isEmpty()).isEqualTo(carried);
                assertThat(switchover.active()).isEqualTo(ActiveDatabase.POSTGRES);
                assertThat(Migration.from(app.file())
                                .to(database.jdbcUrl())
                                .validate()
                                .passed())
                        .isTrue();
                app.write(
                        "UPDATE users SET note = NULL WHERE note = 'late'",
                        "INSERT INTO posts WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 49)"
                                + " SELECT i, 1, 'again' FROM n");
                switchover.carryLateWrites();
                app.write(LATE.subList(1, 3).toArray(String[]::new));
            }
        }
    }
}
