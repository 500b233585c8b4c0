package dev.outgrow;

import static dev.outgrow.SwitchoverCase.failed;
import static dev.outgrow.SwitchoverCase.refused;
import static dev.outgrow.SwitchoverCase.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.Backup;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.SwitchoverState;
import dev.outgrow.switchover.SwitchoverStatus;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith({TestPostgres.class, ReadsMessages.class})
class SwitchoverIT {
    @TempDir
    Path folder;

    private SwitchoverCase app;
    private String permissions = "";

    @BeforeEach
    void writesAnApp(TestDatabase database) throws IOException {
        app = new SwitchoverCase(folder, database).withFile();
        permissions = permissions(app.file());
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void switchesAndSealsAndSaysSoInPlainWords() throws IOException {
        byte[] before = Files.readAllBytes(app.file());
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        MigrationReport report = Switchover.of(app.migration().listener(Disturbed.at(phase -> {
                    if (phase == Phase.SNAPSHOT) {
                        order.add("snapshot");
                    }
                })))
                .quiesce(() -> order.add("quiesce"))
                .smokeTest("users are there", postgres -> {
                    order.add("smoke test");
                    try (Connection connection = postgres.getConnection()) {
                        assertThat(value(connection, "SELECT count(*) FROM users"))
                                .isEqualTo("3");
                    }
                })
                .switchOver();
        assertThat(order).containsExactly("quiesce", "snapshot", "smoke test");
        assertThat(report.rows()).isEqualTo(8);
        assertThat(Files.readAllBytes(app.file())).isEqualTo(before);
        assertThat(permissions(app.file())).isEqualTo("r--r--r--");
        assertThat(app.markerText())
                .contains(
                        "is in PostgreSQL now",
                        "do not start it on the SQLite file",
                        app.backup().toString())
                .doesNotContain("password");
        assertThat(app.database()
                        .rows("SELECT event FROM outgrow.event ORDER BY id")
                        .toString())
                .isEqualTo("[[PUBLISHED], [SWITCHED]]");
        assertThat(app.withPostgres().switchOver().startedAt()).isEqualTo(report.startedAt());
    }

    @Test
    void failsTheWorkerThatComesBackToASealedFile() throws Exception {
        for (String mode : List.of("DELETE", "WAL")) {
            SwitchoverCase sealed = new SwitchoverCase(Files.createDirectory(folder.resolve(mode)), app.database());
            Files.copy(app.file(), sealed.file());
            sealed.write("PRAGMA journal_mode = " + mode);
            Switchover switchover = Switchover.of(sealed.migration().into(TargetSchema.created(mode)));
            switchover.switchOver();
            Optional<String> said = SwitchInAnotherProcess.writeUnprivileged(sealed.file());
            assumeTrue(said.isPresent(), "the tests run as root, and setpriv is not there to do without");
            assertThat(said.get()).contains("SQLITE_READONLY");
            assertThat(switchover.active()).isEqualTo(ActiveDatabase.POSTGRES);
        }
    }

    @Test
    void leavesTheFileUnsealedIfTold() throws IOException {
        app.withPostgres().seal(false).switchOver();
        assertThat(permissions(app.file())).isEqualTo(permissions);
        assertThat(app.withPostgres().active()).isEqualTo(ActiveDatabase.POSTGRES);
    }

    @Test
    void keepsWritersOutUntilTheDataIsPublished() {
        for (String mode : List.of("DELETE", "WAL")) {
            List<String> said = Collections.synchronizedList(new ArrayList<>());
            app.write("PRAGMA journal_mode = " + mode);
            failed(
                    Reason.INTERRUPTED,
                    () -> Switchover.of(app.migration().listener(Disturbed.at(phase -> {
                                if (phase == Phase.SNAPSHOT || phase == Phase.VALIDATION) {
                                    said.add(attempt());
                                }
                                if (phase == Phase.VALIDATION) {
                                    Thread.currentThread().interrupt();
                                }
                            })))
                            .switchOver());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(said).hasSizeGreaterThan(1).allMatch(text -> text.contains("SQLITE_BUSY"));
            assertThat(attempt()).isEqualTo("written");
            assertThat(Files.exists(app.marker())).isFalse();
            assertThat(app.withPostgres().active()).isEqualTo(ActiveDatabase.MIGRATION_DUE);
        }
        assertThat(app.withPostgres().switchOver().rows()).isEqualTo(10);
    }

    /** A worker in this very process, whose locks are SQLite's own affair. */
    private String attempt() {
        try (Connection connection = app.open();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            statement.execute("INSERT INTO log VALUES ('worker')");
            return "written";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void namesTheWriterThatDoesNotLetGo() throws Exception {
        for (String mode : List.of("DELETE", "WAL")) {
            app.write("PRAGMA journal_mode = " + mode);
            try (Connection writer = app.open();
                    Statement statement = writer.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                statement.execute("INSERT INTO log VALUES ('long')");
                MigrationException busy = failed(
                        Reason.SOURCE_BUSY,
                        () -> app.withPostgres()
                                .freezeTimeout(Duration.ofMillis(200))
                                .switchOver());
                assertThat(busy)
                        .hasMessageContaining(
                                "process " + ProcessHandle.current().pid());
                statement.execute("ROLLBACK");
            }
            assertThat(Files.exists(app.marker())).isFalse();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> app.withPostgres().freezeTimeout(Duration.ofMillis(-1)));
    }

    @Test
    void waitsForAWriterThatEndsInTime() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection writer = app.open();
                Statement statement = writer.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("INSERT INTO log VALUES ('in time')");
            Future<?> end = thread.submit(() -> {
                Thread.sleep(300);
                return statement.execute("COMMIT");
            });
            assertThat(app.withPostgres()
                            .freezeTimeout(Duration.ofMinutes(1))
                            .switchOver()
                            .rows())
                    .isEqualTo(9);
            end.get();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void doesNotBeginWhereTheHookFails() {
        MigrationException thrown = failed(
                Reason.QUIESCE_FAILED,
                () -> app.withPostgres()
                        .quiesce(() -> {
                            throw new IllegalStateException("not now");
                        })
                        .switchOver());
        assertThat(thrown).hasRootCauseMessage("not now");
        assertThat(app.withPostgres().active()).isEqualTo(ActiveDatabase.MIGRATION_DUE);
    }

    @Test
    void isAsBeforeWhereTheRunFails() throws IOException {
        failed(
                Reason.VALIDATION_FAILED,
                () -> Switchover.of(app.migration().check("never", context -> {
                            throw new AssertionError("no");
                        }))
                        .switchOver());
        assertThat(Files.exists(app.marker())).isFalse();
        assertThat(permissions(app.file())).isEqualTo(permissions);
        assertThat(app.withPostgres().active()).isEqualTo(ActiveDatabase.MIGRATION_DUE);
    }

    @Test
    void withdrawsWhatTheSmokeTestDoesNotLike() throws IOException {
        MigrationException thrown = failed(
                Reason.SMOKE_TEST_FAILED, () -> failing(app.withPostgres()).switchOver());
        assertThat(thrown).hasRootCauseMessage("broken").hasMessageContaining("starts");
        assertThat(permissions(app.file())).isEqualTo(permissions);
        assertThat(app.database().value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEqualTo("0");
        assertThat(app.withPostgres().active()).isEqualTo(ActiveDatabase.SQLITE);
        assertThat(app.sqliteOnly().active()).isEqualTo(ActiveDatabase.SQLITE);
        assertThat(app.withPostgres().status().state()).isEqualTo(SwitchoverState.ON_SQLITE);
        app.write("INSERT INTO log VALUES ('went on')");
        assertThat(app.withPostgres().switchOver().rows()).isEqualTo(9);
        assertThat(app.withPostgres().status().round()).isEqualTo(2);
        assertThat(app.withPostgres().active()).isEqualTo(ActiveDatabase.POSTGRES);
    }

    private static Switchover failing(Switchover switchover) {
        return switchover.smokeTest("starts", postgres -> {
            throw new IllegalStateException("broken");
        });
    }

    @Test
    void marksWhatItWithdrawsFromTheAppsOwnTables() {
        app.database()
                .execute(
                        "CREATE TABLE users(id bigserial PRIMARY KEY, name text, note text)",
                        "CREATE TABLE posts(id bigint PRIMARY KEY, user_id bigint REFERENCES users, body text)",
                        "CREATE TABLE log(line text)");
        Switchover switchover = Switchover.of(app.migration().into(TargetSchema.existing("public")));
        failed(Reason.SMOKE_TEST_FAILED, () -> failing(switchover).switchOver());
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.SQLITE);
        app.write("DELETE FROM log", "UPDATE users SET note = 'new' WHERE id = 1");
        assertThat(switchover.switchOver().rows()).isEqualTo(5);
        assertThat(app.database().value("SELECT note FROM users WHERE id = 1")).isEqualTo("new");
        assertThat(app.database().value("SELECT count(*) FROM log")).isEqualTo("0");
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.POSTGRES);
    }

    @Test
    void letsOneOfTwoInstancesSwitchAndTheOtherFindIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<MigrationReport> start = () -> app.withPostgres().switchOver();
            List<Future<MigrationReport>> both = threads.invokeAll(List.of(start, start));
            assertThat(both.get(0).get().startedAt())
                    .isEqualTo(both.get(1).get().startedAt());
        } finally {
            threads.shutdownNow();
        }
        assertThat(app.database().value("SELECT count(*) FROM outgrow.event")).isEqualTo("2");
        assertThat(app.withPostgres().active()).isEqualTo(ActiveDatabase.POSTGRES);
    }

    @Test
    void startsBesideTablesThatTheRoleMayNotRead() {
        PGSimpleDataSource role = app.database().newRole("");
        String user = role.getUser();
        app.database()
                .execute(
                        "GRANT CREATE ON SCHEMA public TO " + user,
                        "GRANT CREATE ON DATABASE " + app.database().name() + " TO " + user);
        Switchover switchover = Switchover.of(Migration.from(app.file()).to(role));
        switchover.switchOver();
        app.database()
                .execute(
                        "CREATE TABLE strange(id bigint GENERATED BY DEFAULT AS IDENTITY)",
                        "INSERT INTO strange VALUES (7)",
                        "INSERT INTO users(id, name) VALUES (4, 'Dan')");
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.POSTGRES);
        assertThat(switchover.status().findings())
                .singleElement()
                .asString()
                .contains("public.users.id is behind its rows", "setval('public.users_id_seq'");
    }

    @Test
    void saysHowItStandsAsTextAndAsJson() {
        SwitchoverStatus before = app.withPostgres().status();
        assertThat(before.state()).isEqualTo(SwitchoverState.ON_SQLITE);
        assertThat(before.nextSteps()).singleElement().asString().contains("switchOver()");
        app.withPostgres().switchOver();
        app.database()
                .execute(
                        "INSERT INTO users VALUES (7, 'Dora', NULL)",
                        "UPDATE users SET note = 'changed' WHERE id = 1",
                        "DELETE FROM posts WHERE id = 2");
        SwitchoverStatus status = app.withPostgres().status();
        assertThat(status.state()).isEqualTo(SwitchoverState.ON_POSTGRES);
        assertThat(status.provenAt()).isPresent();
        assertThat(status.provenSince().orElseThrow()).isLessThan(Duration.ofMinutes(10));
        assertThat(status.costOfGoingBack().orElseThrow().toString())
                .isEqualTo("users: 1 inserted, 1 changed, 0 deleted; posts: 0 inserted, 0 changed, 1 deleted");
        assertThat(status.findings())
                .singleElement()
                .asString()
                .contains("SELECT setval('public.users_id_seq', (SELECT max(id) FROM public.users));");
        assertThat(status.toString())
                .contains("Switchover: on PostgreSQL, since", "Proven: ", " ago", "1 inserted, 1 changed", "retire()")
                .doesNotContain("Dora", "changed'");
        JsonObject json = JsonParser.parseString(status.toJson()).getAsJsonObject();
        assertThat(json.get("state").getAsString()).isEqualTo("ON_POSTGRES");
        assertThat(json.getAsJsonObject("costOfGoingBack").get("rows").getAsLong())
                .isEqualTo(3);
        assertThat(json.getAsJsonObject("lateWrites").get("rows").getAsLong()).isZero();
        app.database().execute(status.findings().get(0).replaceFirst("(?s).*(SELECT setval)", "$1"));
        assertThat(app.withPostgres().status().findings()).isEmpty();
    }

    @Test
    void retires() throws IOException {
        failed(Reason.TARGET_EMPTY, app.withPostgres()::retire);
        app.withPostgres().switchOver();
        Path archive = app.withPostgres().retire();
        assertThat(archive).isEqualTo(folder.resolve("app.db.outgrow-archive.zip"));
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            assertThat(zip.stream().map(entry -> entry.getName()))
                    .containsExactly("what-is-final.txt", "events.json", "run-1.json", "run-1.txt", "marker.json");
            String report =
                    new String(zip.getInputStream(zip.getEntry("run-1.json")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(MigrationReport.fromJson(report).rows()).isEqualTo(8);
        }
        assertThat(app.withPostgres().status().state()).isEqualTo(SwitchoverState.RETIRED);
        assertThat(app.withPostgres().active()).isEqualTo(ActiveDatabase.POSTGRES);
        refused(Reason.MOVED_ON, app.sqliteOnly()::active);
        assertThat(permissions(app.file())).isEqualTo("r--r--r--");
    }

    @Test
    void needsAFileAndABackup() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Switchover.of(app.migration().backup(Backup.none())))
                .withMessageContaining("backup");
        assertThatThrownBy(() -> app.sqliteOnly().switchOver()).isInstanceOf(IllegalStateException.class);
        failed(
                Reason.SOURCE_NOT_A_FILE,
                () -> Switchover.of(Migration.from("jdbc:sqlite:file:x?mode=memory"))
                        .active());
    }
}
