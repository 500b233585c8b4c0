package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.progress.MigrationListener;
import dev.outgrow.progress.PhaseStarted;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import dev.outgrow.report.PhaseTime;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TcpProxy;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.validate.Check;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPostgres.class)
class RunIT {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
                "CREATE TABLE posts(id INTEGER PRIMARY KEY, user_id INT REFERENCES users(id), body TEXT)",
                "INSERT INTO users VALUES (1, 'Ünïcode'), (2, 'b')",
                "INSERT INTO posts VALUES (1, 1, 'first'), (2, 2, ''), (3, NULL, NULL)");
    }

    private static long schemas(TestDatabase database) {
        return Long.parseLong(
                String.valueOf(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow%'")));
    }

    @Test
    void reportsWhatItDid(TestDatabase database) {
        MigrationReport report = Migration.from(file).to(database.dataSource()).run();
        assertThat(report.rows()).isEqualTo(5);
        assertThat(report.phases()).extracting(PhaseTime::phase).containsExactly(Phase.values());
        assertThat(report.validation())
                .hasValueSatisfying(
                        validation -> assertThat(validation.passed()).isTrue());
        assertThat(report.backup()).isPresent();
        assertThat(MigrationReport.fromJson(report.toJson()).toJson()).isEqualTo(report.toJson());
        assertThat(report.toString()).contains("users").contains("posts").doesNotContain("Ünïcode");
    }

    /** Autovacuum at work on a table makes the publication wait for deadlock_timeout, a second by default. */
    @Test
    void keepsAutovacuumAwayUntilThePublication(TestDatabase database) {
        String left = "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname LIKE 'outgrow%' AND relname IN ('users', 'posts')"
                + " AND reloptions = '{autovacuum_enabled=false}'";
        List<String> during = new CopyOnWriteArrayList<>();
        Migration.from(file)
                .to(database.dataSource())
                .listener(new MigrationListener() {
                    @Override
                    public void phaseStarted(PhaseStarted event) {
                        during.add(event.phase() + " " + database.value(left));
                    }
                })
                .run();
        assertThat(during).contains("DATA 2", "POST_DATA 2", "VALIDATION 2");
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE reloptions IS NOT NULL"
                        + " AND relnamespace IN ('public'::regnamespace, 'pg_toast'::regnamespace)"))
                .isEqualTo("0");
    }

    @Test
    @DisplayName("A second run returns the recorded report and migrates nothing")
    void returnsTheRecordedReport(TestDatabase database) {
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        MigrationReport first = migration.run();
        database.execute("INSERT INTO users(name) VALUES ('written since')");
        MigrationReport second = migration.run();
        assertThat(second.startedAt()).isEqualTo(first.startedAt());
        assertThat(database.value("SELECT count(*) FROM users")).isEqualTo("3");
    }

    @Test
    @DisplayName("A source that changed after the run is refused")
    void refusesAChangedSource(TestDatabase database) {
        Migration migration = Migration.from(file).to(database.dataSource());
        migration.run();
        SqliteFiles.write(file, "INSERT INTO users VALUES (3, 'late')");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migration::run)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.SOURCE_CHANGED));
        assertThat(database.value("SELECT count(*) FROM users")).isEqualTo("2");
    }

    @Test
    void refusesAnotherMigrationThanThePlannedOne(TestDatabase database) {
        Migration migration = Migration.from(file).to(database.dataSource());
        MigrationPlan plan = MigrationPlan.fromJson(migration.plan().toJson());
        assertThat(plan).isEqualTo(migration.plan());
        SqliteFiles.write(file, "INSERT INTO users VALUES (3, 'late')");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> migration.planned(plan).run())
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.SOURCE_CHANGED));
        assertThat(schemas(database)).isZero();
        migration.planned(migration.plan()).run();
        assertThat(database.value("SELECT count(*) FROM users")).isEqualTo("3");
    }

    @Test
    @DisplayName("A run that fails publishes nothing and leaves the target as it was")
    void leavesTheTargetAsItWas(TestDatabase database) {
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> Migration.from(file)
                        .to(database.dataSource())
                        .check("no posts at all", Check.holds("SELECT count(*) = 0 FROM posts"))
                        .run())
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(Reason.VALIDATION_FAILED);
                    assertThat(e.report()).isPresent();
                });
        assertThat(schemas(database)).isZero();
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEqualTo("0");
    }

    @Test
    void makesASchemaThatIsNotThere(TestDatabase database) {
        Migration.from(file)
                .to(database.dataSource())
                .into(TargetSchema.created("App Data"))
                .run();
        assertThat(database.value("SELECT count(*) FROM \"App Data\".posts")).isEqualTo("3");
    }

    @Test
    void leavesOutTablesOnRequest(TestDatabase database) {
        Migration.from(file)
                .to(database.dataSource())
                .except("users")
                .accept("foreignkey:*")
                .run();
        assertThat(database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                .containsExactly(List.of("posts"));
    }

    @Test
    @DisplayName("Two instances that start at once make one migration")
    void makesOneMigrationOfTwoCalls(TestDatabase database) throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        CountDownLatch start = new CountDownLatch(1);
        try {
            Future<MigrationReport> one = both.submit(() -> runAfter(start, database));
            Future<MigrationReport> other = both.submit(() -> runAfter(start, database));
            start.countDown();
            assertThat(Patience.resultOf(one).startedAt())
                    .isEqualTo(Patience.resultOf(other).startedAt());
        } finally {
            both.shutdownNow();
        }
        assertThat(database.value("SELECT count(*) FROM outgrow.run")).isEqualTo("1");
    }

    private MigrationReport runAfter(CountDownLatch start, TestDatabase database) throws InterruptedException {
        start.await();
        return Migration.from(file).to(database.dataSource()).run();
    }

    @Test
    @DisplayName("A run whose connection was cut goes on where it stopped")
    void goesOnAfterACut(TestDatabase database) throws Exception {
        SqliteFiles.write(
                file,
                "WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)"
                        + " INSERT INTO posts SELECT i, 1, 'body ' || i || hex(zeroblob(200)) FROM n");
        Migration migration = Migration.from(file).to(database.dataSource());
        try (TcpProxy way = TcpProxy.to(database.jdbcUrl())) {
            TcpProxy.Halt halt = way.haltAt(Pattern.compile("COPY \\S*posts\\S* \\(.*FROM STDIN"), 2_000_000);
            CompletableFuture<@Nullable MigrationException> end = CompletableFuture.supplyAsync(() ->
                    catchThrowableOfType(MigrationException.class, migration.to(way.url(database.jdbcUrl()))::run));
            assertThat(halt.await(() -> !end.isDone())).isTrue();
            cut(database);
            halt.goOn();
            assertThat(Objects.requireNonNull(Patience.resultOf(end)).reason()).isEqualTo(Reason.TARGET_UNREACHABLE);
        }
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEqualTo("0");
        assertThat(schemas(database)).isEqualTo(2);
        migration.run();
        assertThat(database.value("SELECT count(*) || ' ' || count(DISTINCT id) FROM posts"))
                .isEqualTo("59994 59994");
        assertThat(schemas(database)).isEqualTo(1);
    }

    private static void cut(TestDatabase database) {
        database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'outgrow'"
                + " AND datname = current_database()");
    }

    @Test
    void discardsAnUnfinishedRun(TestDatabase database) {
        Migration migration = Migration.from(file).to(database.dataSource());
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> migration
                        .listener(Disturbed.at(phase -> {
                            if (phase == Phase.VALIDATION) {
                                cut(database);
                            }
                        }))
                        .run());
        assertThat(schemas(database)).isEqualTo(2);
        SqliteFiles.write(file, "INSERT INTO users VALUES (3, 'late')");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migration::run)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.SOURCE_CHANGED));
        assertThat(migration.discardUnfinished()).isTrue();
        assertThat(schemas(database)).isZero();
        assertThat(migration.discardUnfinished()).isFalse();
    }
}
