package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that somebody else has written, who means ill: what their schema says is read and not done. */
@ExtendWith(TestPostgres.class)
@Timeout(300)
class HostileSourceIT {
    @TempDir
    Path folder;

    @Test
    @DisplayName("A schema that wants to load a library is read, and loads none")
    void loadsNothing(TestDatabase database) {
        Migration migration = Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT DEFAULT (lower('evil')) CHECK (lower(x) <> 'a'),"
                                + " y TEXT GENERATED ALWAYS AS (lower(x)))",
                        "CREATE VIEW v AS SELECT lower('evil') AS x FROM t",
                        "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT lower('evil'); END",
                        "CREATE INDEX i ON t(lower(x))",
                        "INSERT INTO t(x) VALUES ('mine')",
                        "PRAGMA writable_schema = ON",
                        "UPDATE sqlite_schema SET sql = replace(sql, 'lower(', 'load_extension(')")
                .accept("*");
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SOURCE_CORRUPT);
        assertThat(thrown).hasMessageContaining("unsafe use of load_extension()");
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow%'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 900, 20_000})
    @DisplayName("An expression of any depth is carried over, or named")
    void readsDeepExpressions(int depth, TestDatabase database) {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, x INTEGER CHECK (x > 0))",
                "INSERT INTO t(x) VALUES (1)",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = 'CREATE TABLE t(id INTEGER PRIMARY KEY, x INTEGER CHECK ("
                        + "(".repeat(depth) + "x > 0" + ")".repeat(depth) + "))'");
        Migration migration = Migration.from(file).to(database.jdbcUrl()).accept("check:*");
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        if (thrown == null) {
            assertThat(database.value("SELECT x FROM t")).isEqualTo("1");
        } else {
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SOURCE_CORRUPT);
        }
    }

    @Test
    @DisplayName("A schema that SQLite itself cannot read is a damaged one")
    void refusesASchemaThatCannotBeRead(TestDatabase database) throws IOException {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE t(x)",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = 'CREATE TABLE t(x', rootpage = 999999");
        byte[] before = Files.readAllBytes(file);
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SOURCE_CORRUPT);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    @DisplayName("A view without an end")
    void doesNotWaitForAViewWithoutAnEnd(TestDatabase database) {
        Migration migration = Migrated.migration(
                folder,
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY)",
                "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");
        migration.accept("view:*").run();
        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("0");
    }
}
