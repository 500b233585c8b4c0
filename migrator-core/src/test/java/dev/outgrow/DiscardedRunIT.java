package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TcpProxy;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.validate.Check;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an unfinished run leaves, and how it goes. */
@Thorough
@ExtendWith(TestPostgres.class)
class DiscardedRunIT {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = Disturbed.source(folder.resolve("app.db"), 500);
    }

    /** Runs until a phase begins, and has the server end all its sessions there. */
    private static void cutOff(Migration migration, Phase phase, TestDatabase database) {
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class,
                () -> migration
                        .listener(Disturbed.at(now -> {
                            if (now == phase) {
                                database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                        + " WHERE datname = current_database() AND application_name = 'outgrow'");
                            }
                        }))
                        .run());
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_UNREACHABLE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PRE_DATA", "DATA", "VALIDATION", "PUBLICATION"})
    @DisplayName("A discarded run leaves the target as it was, an extension and a schema that it made included")
    void leavesTheTargetAsItWas(Phase phase, TestDatabase database) {
        List<String> before = WholeCatalog.of(database);
        Migration migration = Migration.from(file).to(database.jdbcUrl()).into(TargetSchema.created("App Data"));
        cutOff(migration, phase, database);
        assertThat(WholeCatalog.of(database)).isNotEqualTo(before);
        assertThat(migration.discardUnfinished()).isTrue();
        assertThat(WholeCatalog.of(database)).isEqualTo(before);
        assertThat(migration.discardUnfinished()).isFalse();
        migration.run();
        assertThat(migration.discardUnfinished()).isFalse();
        assertThat(database.value("SELECT count(*) FROM \"App Data\".posts")).isEqualTo("500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a journal with another run", "a schema of that name", "the extension"})
    @DisplayName("A discarded run leaves what was there before")
    void leavesWhatWasThere(String there, TestDatabase database) {
        switch (there) {
            case "a schema of that name" ->
                database.execute(
                        "CREATE SCHEMA outgrow", "COMMENT ON SCHEMA outgrow IS 'the app grew out of its shoes'");
            case "the extension" -> database.execute("CREATE SCHEMA tools", "CREATE EXTENSION citext SCHEMA tools");
            default ->
                Migration.from(SqliteFiles.write(folder.resolve("other.db"), "CREATE TABLE o(id INTEGER PRIMARY KEY)"))
                        .to(database.jdbcUrl())
                        .into(TargetSchema.created("other"))
                        .run();
        }
        List<String> before = WholeCatalog.of(database);
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        cutOff(migration, Phase.VALIDATION, database);
        assertThat(migration.discardUnfinished()).isTrue();
        assertThat(WholeCatalog.of(database)).isEqualTo(before);
    }

    /** More than are dropped in one transaction, each with a foreign key, and all of them with one to the first. */
    private Migration manyTables(TestDatabase database) {
        List<String> statements = new ArrayList<>(List.of("CREATE TABLE t0(id INTEGER PRIMARY KEY)"));
        for (int i = 1; i < 120; i++) {
            statements.add("CREATE TABLE t" + i + "(id INTEGER PRIMARY KEY, a INT REFERENCES t0(id), b INT REFERENCES t"
                    + (i - 1) + "(id))");
        }
        statements.add("INSERT INTO t0 VALUES (1)");
        statements.add("INSERT INTO t1 VALUES (1, 1, 1)");
        statements.add("CREATE VIEW v AS SELECT a, b FROM t1");
        return Migration.from(SqliteFiles.write(folder.resolve("many.db"), statements.toArray(String[]::new)))
                .to(database.jdbcUrl());
    }

    @Test
    @DisplayName("A discarded run of many tables leaves the target as it was")
    void dropsManyTables(TestDatabase database) {
        List<String> before = WholeCatalog.of(database);
        Migration migration = manyTables(database);
        cutOff(migration, Phase.PUBLICATION, database);
        assertThat(migration.discardUnfinished()).isTrue();
        assertThat(WholeCatalog.of(database)).isEqualTo(before);
    }

    @Thorough
    @ParameterizedTest
    @ValueSource(strings = {"DROP VIEW", "DROP CONSTRAINT", "DROP TABLE outgrow_staging"})
    @DisplayName("Discarding that is cut off is done to the end by whoever comes next")
    void discardsToTheEnd(String statement, TestDatabase database) throws InterruptedException {
        List<String> before = WholeCatalog.of(database);
        Migration migration = manyTables(database);
        cutOff(migration, Phase.PUBLICATION, database);
        try (TcpProxy way = TcpProxy.to(database.jdbcUrl())) {
            TcpProxy.Halt halt = way.haltAt(Pattern.compile(statement), 0);
            Migration discarding = migration.to(way.url(database.jdbcUrl()));
            CompletableFuture<Boolean> end = CompletableFuture.supplyAsync(discarding::discardUnfinished);
            assertThat(halt.await(() -> !end.isDone())).isTrue();
            way.cut();
            halt.goOn();
            assertThat(catchThrowableOfType(CompletionException.class, end::join))
                    .cause()
                    .extracting(failure -> ((MigrationException) failure).reason())
                    .isEqualTo(Reason.TARGET_UNREACHABLE);
        }
        if (statement.equals("DROP VIEW")) {
            assertThat(migration.discardUnfinished()).isTrue();
            assertThat(WholeCatalog.of(database)).isEqualTo(before);
        }
        assertThat(migration.run().rows()).isEqualTo(2);
        assertThat(database.value("SELECT count(*) FROM pg_constraint c WHERE contype = 'f' AND conrelid > 0"
                        + " AND connamespace = 'public'::regnamespace"))
                .isEqualTo("238");
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow_staging%'"))
                .isEqualTo("0");
    }

    @Test
    @DisplayName("An extension that the app has come to use stays when the run is discarded")
    void leavesWhatHasComeIntoUse(TestDatabase database) {
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        cutOff(migration, Phase.VALIDATION, database);
        database.execute("CREATE TABLE mine(name citext)");
        assertThat(migration.discardUnfinished()).isTrue();
        assertThat(database.value("SELECT count(*) FROM pg_extension WHERE extname = 'citext'"))
                .isEqualTo("1");
        assertThat(database.value("SELECT count(*) FROM mine")).isEqualTo("0");
    }

    @Test
    @DisplayName("A run that fails for good leaves the target as it was")
    void leavesTheTargetAsItWasAfterAFailure(TestDatabase database) {
        List<String> before = WholeCatalog.of(database);
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class,
                () -> Migration.from(file)
                        .to(database.jdbcUrl())
                        .check("nobody is there", Check.holds("SELECT count(*) = 0 FROM users"))
                        .run());
        assertThat(thrown.reason()).isEqualTo(Reason.VALIDATION_FAILED);
        assertThat(WholeCatalog.of(database)).isEqualTo(before);
    }

    @Test
    @DisplayName("An unfinished run is not gone on with under other rules or with another source")
    void refusesToGoOnWithSomethingElse(TestDatabase database) {
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        cutOff(migration, Phase.VALIDATION, database);
        List<String> steps = Disturbed.steps(database);
        for (Migration other : List.of(
                migration.typeRules(TypeRules.standard().column("small0", "a").as(PgType.TEXT)),
                migration.except("small1"))) {
            MigrationException thrown = catchThrowableOfType(MigrationException.class, other::run);
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.PLAN_CHANGED);
            assertThat(thrown).hasMessageContaining("rules, the options");
            assertThat(thrown.remedy()).contains("discardUnfinished()");
        }
        SqliteFiles.write(file, "DELETE FROM small4 WHERE a IS NULL", "VACUUM");
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SOURCE_CHANGED);
        assertThat(thrown).hasMessageContaining("another state of");
        assertThat(thrown.remedy()).contains("discardUnfinished()");
        assertThat(Disturbed.steps(database)).isEqualTo(steps);
        migration.discardUnfinished();
        migration.backup(Backup.to(folder.resolve("copy.db"))).run();
        assertThat(database.value("SELECT count(*) FROM small4")).isEqualTo("2");
    }
}
