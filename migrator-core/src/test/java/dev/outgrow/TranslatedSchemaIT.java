package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.plan.Notice;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPostgres.class)
class TranslatedSchemaIT {
    @TempDir
    Path folder;

    private Migration migration(TestDatabase database, String... statements) {
        return Migrated.migration(folder, database, statements);
    }

    @Test
    @DisplayName("S25 S26 partial, expression and descending indexes")
    void translatesIndexes(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, k TEXT, del INT)",
                        "INSERT INTO t VALUES (1, 'a', 0), (2, 'a', 1), (3, 'B', 0)",
                        "CREATE UNIQUE INDEX live ON t(k) WHERE del = 0",
                        "CREATE UNIQUE INDEX lowered ON t(lower(k), id)",
                        "CREATE INDEX downwards ON t(k DESC)")
                .run();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database.execute("INSERT INTO t VALUES (4, 'a', 0)"));
        database.execute("INSERT INTO t VALUES (5, 'a', 1)");
        assertThat(database.rows("SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"))
                .containsExactly(List.of("downwards"), List.of("live"), List.of("lowered"), List.of("t_pkey"));
    }

    @Test
    @DisplayName("S27 a NOCASE key refuses what SQLite refuses")
    void keepsKeysThatIgnoreCase(TestDatabase database) {
        migration(database, "CREATE TABLE t(k TEXT COLLATE NOCASE UNIQUE, n INT)", "INSERT INTO t VALUES ('Bob', 1)")
                .run();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database.execute("INSERT INTO t VALUES ('bob', 2)"));
    }

    @Test
    @DisplayName("S29 CHECKs are translated in the light of the mapped types")
    void translatesChecks(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT CHECK(n > 0), s TEXT CHECK(s IN ('a', 'b')),"
                                + " admin BOOLEAN CHECK(admin IN (0, 1)))",
                        "INSERT INTO t VALUES (1, 1, 'a', 1), (2, NULL, NULL, 0)")
                .run();
        database.execute("INSERT INTO t VALUES (3, 5, 'b', true)");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database.execute("INSERT INTO t VALUES (4, 0, 'b', true)"));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database.execute("INSERT INTO t VALUES (5, 1, 'c', true)"));
    }

    @Test
    @DisplayName("S30 generated columns are computed by PostgreSQL, or keep their values with a notice")
    void translatesGeneratedColumns(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, v INT AS (a * 2) VIRTUAL, s TEXT AS ('x' || id) STORED,"
                        + " q TEXT AS (printf('%o', a)) STORED)",
                "INSERT INTO t(id, a) VALUES (1, 21), (2, NULL)");
        assertThat(migration.plan().blockers()).extracting(Notice::id).containsExactly("generated:t.q");
        migration.accept("generated:t.q").run();
        assertThat(database.value("SELECT v || s || q FROM t WHERE id = 1")).isEqualTo("42x125");
        assertThat(database.value("INSERT INTO t(id, a) VALUES (3, 5) RETURNING v || s"))
                .isEqualTo("10x3");
    }

    @Test
    @DisplayName("S31 views are translated and proved, triggers are named")
    void translatesViews(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, name TEXT)",
                "INSERT INTO t VALUES (1, 2, 'x'), (2, NULL, 'y')",
                "CREATE VIEW sums AS SELECT name, count(*) AS n, sum(a) AS total FROM t WHERE a IS NOT NULL GROUP BY name",
                "CREATE VIEW over_view AS WITH s AS (SELECT * FROM sums) SELECT n + 1 AS m FROM s",
                "CREATE TRIGGER touch AFTER UPDATE ON t BEGIN UPDATE t SET a = 1 WHERE id = new.id; END");
        assertThat(migration.plan().blockers()).extracting(Notice::id).containsExactly("trigger:touch");
        MigrationReport report = migration.accept("trigger:*").run();
        assertThat(report.accepted()).containsExactly("trigger:touch");
        assertThat(database.value("SELECT total FROM sums")).isEqualTo("2");
        assertThat(database.value("SELECT m FROM over_view")).isEqualTo("2");
    }

    @Test
    @DisplayName("S32 the content of full-text tables arrives with an index that finds it; R*Trees as plain tables")
    void bringsFullTextTablesOver(TestDatabase database) {
        migration(
                        database,
                        "CREATE VIRTUAL TABLE f5 USING fts5(title, body)",
                        "INSERT INTO f5(rowid, title, body) VALUES (7, 'Hello', 'brown foxes'), (9, 'Other', NULL)",
                        "CREATE VIRTUAL TABLE f4 USING fts4(body)",
                        "INSERT INTO f4(docid, body) VALUES (3, 'lazy dog')",
                        "CREATE VIRTUAL TABLE boxes USING rtree(id, minx, maxx)",
                        "INSERT INTO boxes VALUES (5, 1.5, 2.5)")
                .run();
        assertThat(database.value("SELECT rowid FROM f5 WHERE to_tsvector('simple', coalesce(title::text, '') || ' ' ||"
                        + " coalesce(body::text, '')) @@ to_tsquery('simple', 'foxes')"))
                .isEqualTo("7");
        assertThat(database.value("SELECT count(*) FROM pg_indexes WHERE indexdef LIKE '%USING gin%'"))
                .isEqualTo("2");
        assertThat(database.value("SELECT rowid || body FROM f4")).isEqualTo("3lazy dog");
        assertThat(database.value("SELECT minx + maxx FROM boxes WHERE id = 5")).isEqualTo("4");
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relname LIKE 'f5\\_%' AND relkind = 'r'"))
                .isEqualTo("0");
    }

    @Test
    void aLossThatIsAcceptedByItsVeryNameIsLeftOutAlsoWhereItCouldArrive(TestDatabase database) {
        migration(database, "CREATE TABLE t(n INT CHECK(n > 0))", "CREATE VIEW v AS SELECT n FROM t")
                .accept("view:v")
                .run();
        assertThat(database.value("SELECT count(*) FROM pg_views WHERE schemaname = 'public'"))
                .isEqualTo("0");
    }

    @Test
    void rowsThatBreakACheckStopTheRun(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT CHECK(n > 0))",
                "PRAGMA ignore_check_constraints = ON",
                "INSERT INTO t VALUES (1, -1)");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migration::run)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.PLAN_BLOCKED))
                .withMessageContaining("check:t.1");
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow%'"))
                .isEqualTo("0");
    }
}
