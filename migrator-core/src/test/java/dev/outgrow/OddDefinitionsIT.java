package dev.outgrow;

import static dev.outgrow.RollBackCase.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that SQLite takes and that are rare: each arrives with its meaning, or is named. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class OddDefinitionsIT {
    @TempDir
    Path folder;

    private Migration migration(TestDatabase database, String... statements) {
        return Migrated.migration(folder, database, statements);
    }

    private static List<String> blockers(MigrationPlan plan) {
        return plan.blockers().stream().map(Notice::id).toList();
    }

    @Test
    void indexesOverCastsCasesAndConstantsArrive(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, s TEXT, r REAL)",
                        "INSERT INTO t VALUES (1, '12a', 1.5)",
                        "CREATE UNIQUE INDEX as_integer ON t(CAST(s AS INTEGER))",
                        "CREATE INDEX by_case ON t(CASE WHEN s = 'a' THEN 1 ELSE 2 END DESC, CAST(id AS TEXT), (s IS NULL), 1.5)")
                .run();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> execute(database, "INSERT INTO t VALUES (2, ' 12', 2)"));
        execute(database, "INSERT INTO t VALUES (2, '13', 2)");
        assertThat(database.value("SELECT count(*) FROM pg_indexes WHERE tablename = 't'"))
                .isEqualTo("3");
    }

    @Test
    void aCheckOfNumbersInAColumnWithoutTypeAndValuesIsNamed(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE t(a CHECK(typeof(a) = 'integer'), b CHECK(b > 0), c CHECK(typeof(c) IN ('text', 'null')),"
                        + " d CHECK(d IN ('x', 'y')))");
        MigrationPlan plan = migration.plan();
        assertThat(blockers(plan)).containsExactly("check:t.1", "check:t.2");
        assertThat(plan.blockers().get(0).remedy()).contains(".column(\"t\", \"a\").as(PgType.BIGINT)");
        migration
                .typeRules(TypeRules.standard()
                        .column("t", "a")
                        .as(PgType.BIGINT)
                        .column("t", "b")
                        .as(PgType.DOUBLE_PRECISION))
                .run();
        execute(database, "INSERT INTO t VALUES (5, 1, 'c', 'x')");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> execute(database, "INSERT INTO t VALUES (5, -1, 'c', 'x')"));
    }

    @Test
    void aFullTextTableWithoutContentIsSaidToHaveNone(TestDatabase database) {
        Migration migration = migration(database, "CREATE VIRTUAL TABLE f USING fts4(content=\"\", body)");
        assertThat(migration.plan().blockers())
                .singleElement()
                .extracting(Notice::message)
                .asString()
                .contains("it has no content of its own that could be read");
    }

    @Test
    void anExtensionThatIsInAnotherSchemaIsNamed(TestDatabase database) {
        database.execute("CREATE SCHEMA tools", "CREATE EXTENSION citext SCHEMA tools");
        MigrationPlan plan = migration(database, "CREATE TABLE t(mail TEXT COLLATE NOCASE UNIQUE)")
                .plan();
        assertThat(plan.notices())
                .filteredOn(notice -> notice.id().equals("extension:citext"))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.severity()).isEqualTo(Notice.Severity.WARNING);
                    assertThat(notice.message()).contains("is in schema tools of the target, not in public");
                });
        database.execute("ALTER EXTENSION citext SET SCHEMA public");
        assertThat(migration(database, "CREATE TABLE u(mail TEXT COLLATE NOCASE UNIQUE)")
                        .plan()
                        .notices())
                .noneMatch(notice -> notice.id().equals("extension:citext"));
    }

    @Test
    void textsThatAViewPutsTogetherStandInTheOrderOfTheRows(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
                        "CREATE TABLE orders(id INTEGER PRIMARY KEY, user INT REFERENCES users(id), item TEXT)",
                        "CREATE INDEX by_user ON orders(user)",
                        "INSERT INTO users VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Eve')",
                        "INSERT INTO orders VALUES (1, 1, 'z'), (2, 2, 'y'), (3, 1, 'x'), (4, 1, 'w')",
                        "CREATE VIEW items AS SELECT name, group_concat(item, ';') AS list FROM users LEFT JOIN orders"
                                + " ON user = users.id GROUP BY users.id")
                .run();
        // An updated row is another place of the heap.
        execute(database, "UPDATE orders SET item = 'Z' WHERE id = 1");
        assertThat(database.rows("SELECT name, list FROM items ORDER BY name"))
                .containsExactly(List.of("Ann", "Z;x;w"), List.of("Bob", "y"), Arrays.asList("Eve", null));
    }

    @Test
    void daysAreReadInTextAsSqliteReadsThem(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, d TEXT CHECK(date(d) IS NOT NULL))",
                        "CREATE VIEW v AS SELECT id, date(d) AS day, time(d) AS clock, strftime('%f', d) AS second FROM t",
                        "INSERT INTO t VALUES (1, '2460000.5'), (2, ' 2451544.512345678 '), (3, '2020-02-28 24:00:00'), (4, '1721425.5'),"
                                + " (5, '23:59:59.5'), (6, '2020-02-30'), (7, '5373484')")
                .run();
        for (String refused : List.of("5373484.5", "20200101", "1.2.3", "2020-01-01 24:01", "0000-01-01", "")) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .as(refused)
                    .isThrownBy(() -> execute(database, "INSERT INTO t VALUES (9, '" + refused + "')"))
                    .havingCause()
                    .withMessageContaining("t_d_check");
        }
    }

    @Test
    void aComputedColumnThatBecomesAPlainOneRefusesNoRow(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE t(a INT, b INT AS (a * 2), c INT NOT NULL AS (b << a) STORED)",
                "INSERT INTO t(a) VALUES (1)");
        assertThat(migration.plan().blockers())
                .singleElement()
                .extracting(Notice::message)
                .asString()
                .contains("t.c becomes a plain column", "It may be NULL then");
        migration.accept("generated:t.c").run();
        execute(database, "INSERT INTO t(a) VALUES (5)");
        assertThat(database.rows("SELECT a::text, b::text, c::text FROM t ORDER BY a"))
                .containsExactly(List.of("1", "2", "4"), Arrays.asList("5", "10", null));
    }

    @Test
    void aViewThatCutsItsRowsGivesThoseThatSqliteGives(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, g INT)",
                "INSERT INTO t VALUES (1, 3), (2, 1), (3, 2), (4, NULL)",
                "CREATE VIEW rows AS SELECT id FROM t LIMIT 2",
                "CREATE VIEW within AS SELECT max(id) AS m FROM (SELECT id FROM t WHERE g > 0 LIMIT 1)",
                "CREATE VIEW groups AS SELECT g, count(*) AS n FROM t GROUP BY g LIMIT 2",
                "CREATE VIEW alike AS SELECT id FROM t ORDER BY g > 0 LIMIT 3",
                "CREATE VIEW kinds AS SELECT DISTINCT g FROM t LIMIT 2");
        assertThat(blockers(migration.plan())).containsExactly("view:kinds");
        migration.accept("view:kinds").run();
        execute(database, "UPDATE t SET g = g + 10 WHERE id < 3");
        assertThat(database.rows("SELECT id::text FROM rows")).containsExactly(List.of("1"), List.of("2"));
        assertThat(database.rows("SELECT id::text FROM alike"))
                .containsExactly(List.of("4"), List.of("1"), List.of("2"));
        assertThat(database.value("SELECT m FROM within")).isEqualTo("1");
        assertThat(database.rows("SELECT coalesce(g::text, 'none') FROM groups"))
                .containsExactly(List.of("none"), List.of("2"));
    }
}
