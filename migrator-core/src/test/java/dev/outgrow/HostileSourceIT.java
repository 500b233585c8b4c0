package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that somebody else has written, who means ill: what their schema says is read and not done. */
@Thorough
@ExtendWith({TestPostgres.class, ReadsMessages.class})
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

    @ParameterizedTest
    @ValueSource(strings = {"table", "column", "index", "view"})
    @DisplayName(
            "A name of a hundred thousand characters is named at once, and what has it arrives under a cut one or not at all")
    void readsLongNames(String what, TestDatabase database) {
        String name = '"' + "n".repeat(100_000) + '"';
        List<String> statements = new ArrayList<>();
        String table = what.equals("table") ? name : "t";
        String column = what.equals("column") ? name : "x";
        statements.add("CREATE TABLE " + table + "(id INTEGER PRIMARY KEY, " + column + " TEXT)");
        statements.add("INSERT INTO " + table + " VALUES (1, 'a')");
        if (what.equals("index")) {
            statements.add("CREATE INDEX " + name + " ON t(x)");
        }
        if (what.equals("view")) {
            statements.add("CREATE VIEW " + name + " AS SELECT x FROM t");
        }
        Migration migration = Migrated.migration(folder, database, statements.toArray(String[]::new));
        assertThat(migration.accept("*").run().rows()).isEqualTo(1);
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                        + " AND relname LIKE 'nnn%' AND relkind = '"
                        + (what.equals("table") ? "r" : what.equals("index") ? "i" : "v") + "'"))
                .isEqualTo(what.equals("table") || what.equals("index") ? "1" : "0");
    }

    /** A database in which five letters of the file are other bytes. */
    private Path patched(String... statements) throws IOException {
        Path file = SqliteFiles.write(folder.resolve("app.db"), statements);
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(content).contains("zzzzz");
        return Files.writeString(file, content.replace("zzzzz", "z\u00ff\u00fez\u00c3"), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "table | CREATE TABLE zzzzz(id INTEGER PRIMARY KEY)",
                "column t. | CREATE TABLE t(id INTEGER PRIMARY KEY, zzzzz TEXT)",
                "index | CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT); CREATE INDEX zzzzz ON t(x)"
            })
    @DisplayName("A name that is no UTF-8 is named")
    void refusesNamesThatAreNoText(String what, String statements, TestDatabase database) throws IOException {
        Migration migration = Migration.from(patched(statements)).to(database.jdbcUrl());
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class, () -> migration.accept("*").run());
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SOURCE_CORRUPT);
        assertThat(thrown).hasMessageContaining("not text in the encoding").hasMessageContaining(what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default:t.x | CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT DEFAULT 'zzzzz')",
                "default:t.x | CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT DEFAULT zzzzz)",
                "check:t | CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT CHECK (x <> 'zzzzz'))",
                "index:i | CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT); CREATE INDEX i ON t(x) WHERE x <> 'zzzzz'",
                "view:v | CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT); CREATE VIEW v AS SELECT 'zzzzz' AS y FROM t",
                "view: | CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT); CREATE VIEW zzzzz AS SELECT x FROM t",
                "trigger: | CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT);"
                        + " CREATE TRIGGER zzzzz AFTER INSERT ON t BEGIN SELECT 1; END"
            })
    @DisplayName("A text of the schema that is no UTF-8 is not carried over as another one")
    void namesTextsThatAreNoText(String id, String statements, TestDatabase database) throws IOException {
        Migration migration = Migration.from(patched(statements)).to(database.jdbcUrl());
        assertThat(migration.plan().blockers())
                .hasSize(1)
                .allMatch(notice -> notice.id().startsWith(id));
        migration.accept("*").run();
        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fts5(x)", "rtree(id, a, b)", "nobody_has_it(x)"})
    @DisplayName("A table of which the schema says that it is virtual")
    void refusesWhatCallsItselfVirtual(String module, TestDatabase database) {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT)",
                "INSERT INTO t VALUES (1, 'a')",
                "CREATE TABLE u(id INTEGER PRIMARY KEY)",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = 'CREATE VIRTUAL TABLE t USING " + module + "' WHERE name = 't'");
        Migration migration = Migration.from(file).to(database.jdbcUrl()).accept("*");
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SOURCE_CORRUPT);
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relname = 'u'"))
                .isEqualTo("0");
    }

    /** A view that joins a table so many times. */
    private static String joined(int times, String how) {
        StringBuilder view = new StringBuilder("CREATE VIEW v AS SELECT t0.id FROM t t0");
        for (int i = 1; i < times; i++) {
            view.append(how.replace("#", Integer.toString(i)));
        }
        return view.toString();
    }

    @ParameterizedTest
    @CsvSource({"64, true, 1", "65, true, 0", "65, false, 0"})
    @DisplayName("A view over as many tables as SQLite joins, and over one more")
    void readsViewsOverManyTables(int tables, boolean by, int arrive, TestDatabase database) {
        Migration migration = Migrated.migration(
                folder,
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY)",
                "INSERT INTO t VALUES (1), (2), (3)",
                joined(tables, by ? " JOIN t t# ON t#.id = t0.id" : ", t t#"));
        assertThat(migration.plan().blockers())
                .hasSize(1 - arrive)
                .allMatch(notice -> notice.id().equals("view:v"));
        migration.accept("view:*").run();
        assertThat(database.value("SELECT count(*) FROM pg_views WHERE viewname = 'v'"))
                .isEqualTo(Integer.toString(arrive));
    }

    @ParameterizedTest
    @ValueSource(strings = {"t0.id", "count(*) AS n"})
    @DisplayName("A view of more rows than anybody can compare is named in the plan")
    void namesViewsThatNeverEnd(String what, TestDatabase database) {
        Migration migration = Migrated.migration(
                folder,
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY)",
                "INSERT INTO t VALUES (1), (2), (3)",
                joined(40, ", t t#").replace("t0.id", what));
        assertThat(migration.plan().blockers())
                .hasSize(1)
                .allMatch(notice -> notice.id().equals("view:v"));
        migration.accept("view:*").run();
        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"view:v", "view:*", "*"})
    @DisplayName("A translation that turns out to be wrong is done without if it was accepted, by its name or a glob")
    void doesWithoutWhatIsDisproved(String accepted, TestDatabase database) {
        Migration migration = Migrated.migration(
                folder,
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY)",
                "INSERT INTO t VALUES (1), (2), (3)",
                "CREATE VIEW v AS SELECT id * 1e300 * 1e300 AS vast FROM t",
                "CREATE VIEW w AS SELECT id FROM t");
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.VALIDATION_FAILED);
        Migration accepting = migration.accept(accepted);
        assertThat(accepting.run().accepted()).containsExactly("view:v");
        assertThat(database.value("SELECT string_agg(viewname, ' ') FROM pg_views WHERE schemaname = 'public'"))
                .isEqualTo("w");
        assertThat(accepting.validate().passed()).isTrue();
    }
}
