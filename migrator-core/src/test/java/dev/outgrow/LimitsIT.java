package dev.outgrow;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.Backup;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PostgreSQL has no room for is named before the first write, with table, index and key; what it compresses is not. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class LimitsIT {
    @TempDir
    Path folder;

    /** Text that no compression makes shorter by much. */
    private static String noise(int length) {
        return new Random(length)
                .ints(length, 0, 62)
                .mapToObj(
                        i -> String.valueOf("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".charAt(i)))
                .collect(joining());
    }

    private static String columns(String format, int count) {
        return IntStream.range(0, count).mapToObj(format::formatted).collect(joining(", "));
    }

    private Migration migration(TestDatabase database, Path file) {
        return Migration.from(file).to(database.jdbcUrl()).backup(Backup.none());
    }

    private static void refuses(Migration migration, String id, long rows, String... keys) {
        MigrationPlan plan = migration.plan();
        assertThat(plan.notices())
                .filteredOn(notice -> notice.id().equals(id))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.severity()).isEqualTo(Notice.Severity.BLOCKER);
                    assertThat(notice.count()).isEqualTo(rows);
                    assertThat(notice.keys()).containsExactlyInAnyOrder(keys);
                    assertThat(notice.remedies()).isNotEmpty();
                });
        assertThatThrownBy(migration::run)
                .isInstanceOfSatisfying(
                        MigrationException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.PLAN_BLOCKED));
    }

    @Test
    @DisplayName("Entries of a created schema's keys and indexes are tried on the server: what it compresses fits")
    void triesEntriesOfACreatedSchema(TestDatabase database) {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE page(id INTEGER PRIMARY KEY, url TEXT, body TEXT, UNIQUE (url))",
                "CREATE INDEX page_lower ON page(lower(url))",
                "CREATE TABLE doc(name TEXT PRIMARY KEY, n INT) WITHOUT ROWID",
                "INSERT INTO page VALUES (1, printf('%.*c', 5000, 'a'), NULL), (2, '" + noise(4000)
                        + "', NULL), (3, 'c', '" + noise(9000) + "')",
                "INSERT INTO doc VALUES (printf('%.*c', 9000, 'b'), 1)");
        Migration migration = migration(database, file);
        refuses(migration, "index:page_lower", 1, "id=2");
        assertThat(migration.plan().blockers())
                .extracting(Notice::id)
                .hasSize(2)
                .allMatch(id -> id.startsWith("index:"));
        migration.accept("index:*").run();
        assertThat(database.value("SELECT count(*) FROM pg_indexes WHERE schemaname = 'public' AND tablename = 'page'"))
                .isEqualTo("1");
        assertThat(database.value("SELECT length(name) FROM doc")).isEqualTo("9000");
    }

    @Test
    @DisplayName("Without a server, long entries are named as what it alone can tell")
    void namesLongEntriesWithoutAServer() {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE page(id INTEGER PRIMARY KEY, url TEXT)",
                "CREATE INDEX page_url ON page(url)",
                "INSERT INTO page VALUES (1, printf('%.*c', 5000, 'a'))");
        assertThat(Migration.from(file).plan().blockers())
                .singleElement()
                .satisfies(notice -> assertThat(notice.message()).contains("only the server can say"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "btree | CREATE UNIQUE INDEX i ON t (n, v)",
                "a covering index | CREATE INDEX i ON t (n) INCLUDE (v)",
                "an expression | CREATE INDEX i ON t (lower(v))",
                "an expression that makes it long | CREATE INDEX i ON t (n, long(v))",
                "brin | CREATE INDEX i ON t USING brin (v)",
                "gin over arrays | CREATE INDEX i ON t USING gin (string_to_array(v, ' '))",
                "a key | ALTER TABLE t ADD CONSTRAINT i UNIQUE (v)",
            })
    @DisplayName("Entries of the target's own indexes are tried, whatever their method")
    void triesEntriesOfAnExistingSchema(String what, String index, TestDatabase database) {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, v TEXT)",
                "INSERT INTO t VALUES (1, 1, 'a'), (2, 2, '" + noise(12000) + "'), (3, 3, printf('%.*c', 9000, 'b'))");
        database.execute(
                "CREATE FUNCTION long(v text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT repeat(v, 3)'",
                "CREATE TABLE t (id bigint PRIMARY KEY, n int, v text)",
                index);
        refuses(migration(database, file).into(TargetSchema.existing("public")), "index:t.i", 1, "id=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hash | CREATE INDEX i ON t USING hash (v)",
                "a part of the rows | CREATE INDEX i ON t (v) WHERE n = 1",
                "a digest | CREATE INDEX i ON t (md5(v))",
                "gin over words | CREATE INDEX i ON t USING gin (to_tsvector('simple', v))",
            })
    @DisplayName("Indexes that take long values stay, and the run goes through")
    void takesWhatFits(String what, String index, TestDatabase database) {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, v TEXT)",
                "INSERT INTO t VALUES (1, 1, 'a'), (2, 2, '" + noise(12000) + "')");
        database.execute("CREATE TABLE t (id bigint PRIMARY KEY, n int, v text)", index);
        migration(database, file).into(TargetSchema.existing("public")).run();
        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("2");
    }

    @Test
    @DisplayName("Rows that do not fit a page are named in both modes; those that do are not")
    void namesRowsThatAreTooBig(TestDatabase database) {
        int width = 700;
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE survey(id INTEGER PRIMARY KEY, " + columns("q%d TEXT", width) + ")",
                "INSERT INTO survey VALUES (1, " + columns("'answer " + noise(40) + " %d'", width) + ")",
                "INSERT INTO survey VALUES (2, " + columns("'yes %d'", width) + ")",
                "INSERT INTO survey(id, q1) VALUES (3, '" + noise(20000) + "')");
        refuses(migration(database, file), "limit:survey", 1, "id=1");
        database.execute(
                "CREATE SCHEMA app",
                "CREATE TABLE app.survey (id bigint PRIMARY KEY, " + columns("q%d text", width) + ")");
        refuses(migration(database, file).into(TargetSchema.existing("app")), "limit:survey", 1, "id=1");
        SqliteFiles.write(file, "DELETE FROM survey WHERE id = 1");
        migration(database, file).into(TargetSchema.existing("app")).run();
        assertThat(database.value("SELECT count(*) FROM app.survey")).isEqualTo("2");
    }

    @Test
    @DisplayName("Too many columns of a table, a key, an index or a foreign key are named, and the rest goes its way")
    void namesTooManyColumns(TestDatabase database) {
        String names = columns("c%d", 33);
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE wide(id INTEGER PRIMARY KEY, " + columns("q%d INT", 1600) + ")",
                "CREATE TABLE keyed(" + columns("c%d INT", 33) + ", PRIMARY KEY (" + names + "))",
                "CREATE TABLE pointing(id INTEGER PRIMARY KEY, " + columns("c%d INT", 33) + ", FOREIGN KEY (" + names
                        + ") REFERENCES keyed (" + names + "))",
                "CREATE INDEX pointing_all ON pointing(" + names + ")");
        Migration migration = migration(database, file);
        assertThat(migration.plan().blockers())
                .extracting(Notice::id)
                .containsExactlyInAnyOrder(
                        "limit:wide",
                        "primarykey:keyed",
                        "index:pointing_all",
                        "foreignkey:pointing." + names.replace(" ", ""));
        migration
                .except("wide")
                .accept("primarykey:*", "index:*", "foreignkey:*")
                .run();
        assertThat(database.value("SELECT count(*) FROM pointing")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a generated column | generated:t.words | , words tsvector GENERATED ALWAYS AS (to_tsvector('simple', v)) STORED |",
                "an index | index:t.i | | CREATE INDEX i ON t USING gin (to_tsvector('simple', v))",
                "a generated column that divides | generated:t.share | , share int GENERATED ALWAYS AS (100 / (n - 2)) STORED |",
                "an expression that divides | index:t.i | | CREATE INDEX i ON t ((100 / (n - 2)))",
                "a CHECK that divides | check:t.c | , CONSTRAINT c CHECK (100 / (n - 2) IS NOT NULL) |",
            })
    @DisplayName("What the target cannot compute of a row is named, such as a tsvector of more than a megabyte")
    void namesWhatCannotBeComputed(String what, String id, String column, String index, TestDatabase database) {
        String words = new Random(1)
                .ints(125_000, 0, Integer.MAX_VALUE)
                .mapToObj(i -> Integer.toString(i, 36))
                .collect(joining(" "));
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, v TEXT)",
                "INSERT INTO t VALUES (1, 1, 'a'), (2, 2, '" + words + "')");
        database.execute("CREATE TABLE t (id bigint PRIMARY KEY, n int, v text" + (column == null ? "" : column) + ")");
        if (index != null) {
            database.execute(index);
        }
        refuses(migration(database, file).into(TargetSchema.existing("public")), id, 1, "id=2");
    }
}
