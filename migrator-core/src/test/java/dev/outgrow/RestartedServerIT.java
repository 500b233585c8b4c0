package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.progress.MigrationListener;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.RestartableServer;
import dev.outgrow.testing.SmallDisk;
import dev.outgrow.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to the server itself while a migration is under way. */
class RestartedServerIT {
    private static final boolean LONG = Integer.getInteger("migrator.test.kills", 0) > 0;

    @TempDir
    static Path folder;

    private static Path file = Path.of("");
    private static List<String> undisturbed = List.of();
    private static RestartableServer server;

    @BeforeAll
    static void starts() {
        file = Disturbed.source(folder.resolve("app.db"), 2_000);
        server = RestartableServer.over(folder.resolve("data"), Map.of());
        try (TestDatabase database = server.freshDatabase()) {
            Migration.from(file).to(database.jdbcUrl()).run();
            undisturbed = Disturbed.content(database);
        }
    }

    @AfterAll
    static void stops() {
        server.close();
    }

    /** How it stops, and the phase at whose beginning. */
    private record Stop(boolean immediately, Phase phase) {
        void now() {
            if (immediately) {
                server.stopImmediately();
            } else {
                server.stopFast();
            }
        }

        @Override
        public String toString() {
            return (immediately ? "immediate in " : "fast in ") + phase;
        }
    }

    static Stream<Stop> inEveryPhaseOrTwo() {
        return Stream.of(Phase.values())
                .flatMap(phase -> Stream.of(new Stop(false, phase), new Stop(true, phase)))
                .filter(stop -> LONG || stop.phase == (stop.immediately ? Phase.POST_DATA : Phase.DATA));
    }

    @ParameterizedTest
    @MethodSource("inEveryPhaseOrTwo")
    @DisplayName("The server is stopped and started again")
    void goesOnWhenTheServerIsBack(Stop stop) throws InterruptedException {
        MigrationListener stopping = Disturbed.at(phase -> {
            if (phase == stop.phase()) {
                stop.now();
            }
        });
        try (TestDatabase database = server.freshDatabase()) {
            Migration migration = Migration.from(file).to(database.jdbcUrl());
            MigrationException thrown = catchThrowableOfType(
                    MigrationException.class, () -> migration.listener(stopping).run());
            MigrationException down = catchThrowableOfType(MigrationException.class, migration::run);
            server.start();
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_UNREACHABLE);
            assertThat(down.reason()).as(down.getMessage()).isEqualTo(Reason.TARGET_UNREACHABLE);
            Disturbed.finish(migration, database);
            assertThat(Disturbed.content(database)).isEqualTo(undisturbed);
        }
    }

    @Test
    @DisplayName("The server's disk is full, and the run goes on when there is room")
    void goesOnWhenTheDiskHasRoom() throws InterruptedException {
        try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), "1500k");
                TestDatabase another = server.freshDatabase()) {
            another.execute("CREATE TABLESPACE small LOCATION '" + disk.path() + "'");
            try (TestDatabase database = server.freshDatabase()) {
                database.execute("ALTER DATABASE " + database.name() + " SET default_tablespace TO small");
                Migration migration = Migration.from(file).to(database.jdbcUrl());
                MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
                assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_EXHAUSTED);
                assertThat(thrown).hasMessageContaining("53100").hasMessageContaining("could not extend file");
                // What the server says when nothing more can be written, or half a block.
                assertThat(thrown).hasMessageFindingMatch("No space left on device|wrote only \\d+ of \\d+ bytes");
                assertThat(thrown.remedy()).contains("disk", "call run() again");
                assertThat(database.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                        .isEqualTo("0");
                assertThat(Disturbed.steps(database)).isNotEmpty();
                disk.resize("64m");
                Disturbed.finish(migration, database);
                assertThat(inTheDefaultTablespace(Disturbed.content(database))).isEqualTo(undisturbed);
            } finally {
                another.execute("DROP TABLESPACE small");
            }
        }
    }

    /**
     * PostgreSQL ends itself when it cannot write its log, and starts again where there is room. From 18 on the pages have checksums,
     * and it logs more for them; {@code wal_log_hints} makes older versions do the same.
     */
    @Test
    @DisplayName("The disk of the server's write-ahead log is full, and the run goes on when there is room")
    void goesOnWhenTheLogHasRoom() throws Exception {
        Path data = folder.resolve("other");
        RestartableServer small =
                RestartableServer.over(data, Map.of("checkpoint_timeout", "1h", "wal_log_hints", "on"));
        small.stopFast();
        try (SmallDisk disk = SmallDisk.mounted(folder.resolve("log"), "40m")) {
            copy(data.resolve("pg_wal"), disk.path().resolve("pg_wal"));
            Files.move(data.resolve("pg_wal"), folder.resolve("pg_wal"));
            Files.createSymbolicLink(data.resolve("pg_wal"), disk.path().resolve("pg_wal"));
            small.start();
            TestDatabase database = small.freshDatabase();
            Path large = Disturbed.source(folder.resolve("large.db"), 25_000);
            Migration migration = Migration.from(large).to(database.jdbcUrl());
            MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
            assertThat(thrown.reason())
                    .as(thrown.getMessage())
                    .isIn(Reason.TARGET_UNREACHABLE, Reason.TARGET_EXHAUSTED);
            assertThat(thrown.remedy()).contains("call run() again");
            disk.resize("400m");
            small.stopImmediately();
            small.start();
            assertThat(database.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                    .isEqualTo("0");
            Disturbed.finish(migration, database);
            assertThat(migration.validate().passed()).isTrue();
            database.close();
            small.stopFast();
        }
    }

    private static List<String> inTheDefaultTablespace(List<String> content) {
        return content.stream()
                .map(fact -> fact.startsWith("index ") ? fact.replaceFirst(" \\d+ (\\{.*)$", " 0 $1") : fact)
                .toList();
    }

    @Test
    @DisplayName("A standby takes no migration")
    void refusesAStandby() throws IOException {
        Path copy = folder.resolve("standby");
        TestDatabase database = server.freshDatabase();
        server.stopFast();
        try {
            copy(folder.resolve("data"), copy);
        } finally {
            server.start();
        }
        Files.createFile(copy.resolve("standby.signal"));
        Files.writeString(
                copy.resolve("postgresql.conf"),
                "hot_standby = on\nrestore_command = 'false'\n",
                StandardOpenOption.APPEND);
        try (RestartableServer standby = RestartableServer.over(copy, Map.of())) {
            String url = database.jdbcUrl().replaceFirst("localhost:\\d+", "localhost:" + standby.port());
            MigrationException thrown = catchThrowableOfType(
                    MigrationException.class, () -> Migration.from(file).to(url).run());
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_UNFIT);
            assertThat(thrown).hasMessageContaining("standby");
            assertThat(thrown.remedy()).contains("primary server");
        } finally {
            database.close();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                if (!each.endsWith("epg-lock")) {
                    Files.copy(each, to.resolve(from.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
