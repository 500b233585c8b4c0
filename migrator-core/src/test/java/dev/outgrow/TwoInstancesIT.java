package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.progress.MigrationListener;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Thorough
@ExtendWith(TestPostgres.class)
@Timeout(600)
class TwoInstancesIT {
    private static final String LOCK_HOLDERS = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = Disturbed.source(folder.resolve("app.db"), 500);
    }

    @AfterEach
    void stops() {
        threads.shutdownNow();
    }

    /** A run that stands still where a phase begins. */
    private final class Halted {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch on = new CountDownLatch(1);
        private final Future<MigrationReport> end;

        private Halted(Migration migration, Phase phase) throws InterruptedException {
            Callable<MigrationReport> run =
                    () -> migration.listener(listener(phase)).run();
            end = threads.submit(run);
            Patience.until("the run comes to " + phase, () -> reached.getCount() == 0 || end.isDone());
            assertThat(reached.getCount()).as("the run ended before %s", phase).isZero();
        }

        private MigrationListener listener(Phase phase) {
            return Disturbed.at(now -> {
                if (now == phase) {
                    reached.countDown();
                    try {
                        on.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            });
        }

        private MigrationReport goOn() throws Exception {
            on.countDown();
            return Patience.resultOf(end);
        }

        private MigrationException fail() {
            ExecutionException end = catchThrowableOfType(ExecutionException.class, this::goOn);
            assertThat(end).hasCauseInstanceOf(MigrationException.class);
            return (MigrationException) Objects.requireNonNull(end.getCause());
        }
    }

    @Test
    @DisplayName("Whoever comes second waits, and returns the report of the first")
    void returnsTheReportOfTheOther(TestDatabase database) throws Exception {
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        Halted first = new Halted(migration, Phase.VALIDATION);
        Future<MigrationReport> second = threads.submit(migration::run);
        String waiting = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'outgrow'"
                + " AND query LIKE '%pg_try_advisory_lock%' AND state = 'idle' AND pid NOT IN (" + LOCK_HOLDERS + ")";
        Patience.until("the second asks for the lock", () -> "1".equals(database.value(waiting)));
        assertThat(second.isDone()).isFalse();
        MigrationReport report = first.goOn();
        assertThat(Patience.resultOf(second).startedAt()).isEqualTo(report.startedAt());
        assertThat(database.value("SELECT count(*) FROM outgrow.run")).isEqualTo("1");
    }

    @Test
    @DisplayName("Two instances that name one file by different paths make one migration")
    void returnsTheReportOfTheOtherWhateverThePath(TestDatabase database) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);
        Path byFolder = Files.createSymbolicLink(folder.resolve("current"), file.getParent())
                .resolve(file.getFileName());
        Halted first = new Halted(Migration.from(link).to(database.jdbcUrl()), Phase.DATA);
        List<Future<MigrationReport>> others = new ArrayList<>();
        for (Path path : List.of(byFolder, file)) {
            others.add(threads.submit(Migration.from(path).to(database.jdbcUrl())::run));
        }
        MigrationReport report = first.goOn();
        for (Future<MigrationReport> other : others) {
            assertThat(Patience.resultOf(other).startedAt()).isEqualTo(report.startedAt());
        }
        Files.createLink(folder.resolve("hard.db"), file);
        assertThat(Migration.from(folder.resolve("hard.db"))
                        .to(database.jdbcUrl())
                        .run()
                        .startedAt())
                .isEqualTo(report.startedAt());
        assertThat(database.value("SELECT count(*) FROM outgrow.run")).isEqualTo("1");
    }

    @Test
    @DisplayName("Whoever comes second does not wait longer than it was told")
    void waitsNoLongerThanTold(TestDatabase database) throws Exception {
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        Halted first = new Halted(migration, Phase.DATA);
        Migration impatient = migration.lockTimeout(Duration.ofMillis(300));
        for (Callable<?> verb : List.<Callable<?>>of(impatient::run, impatient::discardUnfinished)) {
            MigrationException thrown = catchThrowableOfType(MigrationException.class, verb::call);
            assertThat(thrown.reason()).isEqualTo(Reason.TARGET_BUSY);
            assertThat(thrown).hasMessageContaining("Another instance").hasMessageContaining("0.3 s");
            assertThat(thrown.remedy()).contains("lockTimeout");
        }
        first.goOn();
        assertThatIllegalArgumentException().isThrownBy(() -> migration.lockTimeout(Duration.ofMillis(-1)));
    }

    @Test
    @DisplayName("An instance that was killed is not waited for")
    void doesNotWaitForTheDead(TestDatabase database) throws IOException, InterruptedException {
        Process holder =
                RunInAnotherProcess.start(file, database.jdbcUrl(), folder.resolve("out.txt"), "halt at VALIDATION");
        Patience.until("it holds the lock", () -> !database.rows(LOCK_HOLDERS).isEmpty());
        Patience.exitOf(holder.destroyForcibly());
        Migration.from(file).to(database.jdbcUrl()).lockTimeout(Patience.LIMIT).run();
        assertThat(database.value("SELECT count(*) FROM posts")).isEqualTo("500");
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"DATA", "VALIDATION", "PUBLICATION"})
    @DisplayName("Whoever has lost the lock publishes nothing, and the next call continues")
    void publishesNothingWithoutTheLock(Phase phase, TestDatabase database) throws Exception {
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        Halted first = new Halted(migration, phase);
        loseTheLock(database);
        MigrationException thrown = first.fail();
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_UNREACHABLE);
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEqualTo("0");
        Disturbed.finish(migration, database);
        assertThat(database.value("SELECT count(*) FROM posts")).isEqualTo("500");
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PRE_DATA", "DATA", "POST_DATA", "VALIDATION", "PUBLICATION"})
    @DisplayName("Whoever has lost the lock does not harm the run of whoever has it now")
    void leavesTheRunToWhoeverHasTheLock(Phase phase, TestDatabase database) throws Exception {
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        Halted first = new Halted(migration, phase);
        loseTheLock(database);
        Halted second = new Halted(migration, Phase.VALIDATION);
        MigrationException thrown = first.fail();
        assertThat(thrown.reason()).as(thrown.getMessage()).isIn(Reason.TARGET_BUSY, Reason.TARGET_UNREACHABLE);
        second.goOn();
        assertThat(database.value("SELECT count(*) || ' ' || count(DISTINCT id) FROM posts"))
                .isEqualTo("500 500");
        assertThat(database.value("SELECT count(*) FROM outgrow.run WHERE finished_at IS NOT NULL"))
                .isEqualTo("1");
        assertThat(migration.validate().passed()).isTrue();
    }

    @Test
    @DisplayName("Whoever has lost the lock does not harm the finished run of another")
    void leavesAFinishedRunAlone(TestDatabase database) throws Exception {
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        Halted first = new Halted(migration, Phase.DATA);
        loseTheLock(database);
        MigrationReport report = migration.run();
        MigrationException thrown = first.fail();
        assertThat(thrown.reason()).as(thrown.getMessage()).isIn(Reason.TARGET_BUSY, Reason.TARGET_UNREACHABLE);
        assertThat(migration.run().startedAt()).isEqualTo(report.startedAt());
        assertThat(database.value("SELECT count(*) FROM posts")).isEqualTo("500");
    }

    private static void loseTheLock(TestDatabase database) {
        database.execute("SELECT pg_terminate_backend(pid) FROM (" + LOCK_HOLDERS + ") AS holder");
    }

    @Test
    void migratesIntoSeveralSchemasAtOnce(TestDatabase database) throws Exception {
        List<Future<MigrationReport>> runs = List.of("one", "two", "three").stream()
                .map(schema -> threads.submit(() -> Migration.from(file)
                        .to(database.jdbcUrl())
                        .into(TargetSchema.created(schema))
                        .except("small*")
                        .backup(Backup.to(folder.resolve(schema)))
                        .run()))
                .toList();
        for (Future<MigrationReport> run : runs) {
            assertThat(Patience.resultOf(run).rows()).isEqualTo(5_500);
        }
        assertThat(database.value("SELECT count(*) FROM outgrow.run")).isEqualTo("3");
    }
}
