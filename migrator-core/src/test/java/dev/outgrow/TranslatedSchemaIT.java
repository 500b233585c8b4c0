package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.ValueConverter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith({TestPostgres.class, ReadsMessages.class})
class TranslatedSchemaIT {
    @TempDir
    Path folder;

    private Migration migration(TestDatabase database, String... statements) {
        return Migrated.migration(folder, database, statements);
    }

    @Test
    @DisplayName("Partial, expression and descending indexes")
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
    @DisplayName("Each term of an index keeps its collation and its order")
    void translatesTheTermsOfIndexes(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, k TEXT, nc TEXT COLLATE NOCASE, plain TEXT COLLATE NOCASE, n INT,"
                                + " j JSON, UNIQUE (k COLLATE NOCASE, n))",
                        "INSERT INTO t VALUES (1, 'a', 'B', 'c', 2, '{\"x\": 1}'), (2, 'b', 'b', 'd', 3, NULL)",
                        "CREATE INDEX a_desc ON t(k DESC, n)",
                        "CREATE INDEX b_nocase ON t(nc, k COLLATE NOCASE DESC)",
                        "CREATE UNIQUE INDEX c_binary ON t(nc COLLATE BINARY)",
                        "CREATE INDEX d_rtrim ON t(k COLLATE RTRIM)",
                        "CREATE INDEX e_lower ON t(plain)",
                        "CREATE UNIQUE INDEX f_expression ON t(n * 2, lower(k)) WHERE nc = 'b' AND n > 1",
                        "CREATE INDEX g_json ON t(j)")
                .typeRules(TypeRules.standard().column("t", "plain").as(PgType.TEXT))
                .run();
        assertThat(database.rows("SELECT regexp_replace(indexdef, '^.* USING btree ', '') FROM pg_indexes"
                        + " WHERE tablename = 't' ORDER BY indexname"))
                .extracting(row -> row.get(0))
                .containsExactly(
                        "(k DESC NULLS LAST, n)",
                        "(nc, lower((k COLLATE \"C\")) DESC NULLS LAST)",
                        "(((nc)::text))",
                        "(rtrim(k, ' '::text))",
                        "(lower((plain COLLATE \"C\")))",
                        "(((n * 2)), lower((k COLLATE \"C\"))) WHERE ((nc = 'b'::citext) AND (n > 1))",
                        "(j)",
                        "(lower((k COLLATE \"C\")), n)",
                        "(id)");
    }

    @Test
    @DisplayName("A NOCASE key refuses what SQLite refuses")
    void keepsKeysThatIgnoreCase(TestDatabase database) {
        migration(database, "CREATE TABLE t(k TEXT COLLATE NOCASE UNIQUE, n INT)", "INSERT INTO t VALUES ('Bob', 1)")
                .run();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database.execute("INSERT INTO t VALUES ('bob', 2)"));
    }

    @Test
    @DisplayName("CHECKs are translated in the light of the mapped types")
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
    @DisplayName("Generated columns are computed by PostgreSQL, or keep their values with a notice")
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
    @DisplayName("Views are translated and proved, triggers are named")
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
    @DisplayName("The content of full-text tables arrives with an index that finds it; R*Trees as plain tables")
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
    @DisplayName(
            "Rows that break a CHECK stop the run before the first write; accepted, the constraint stays NOT VALID")
    void namesRowsThatBreakACheck(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT CHECK(n > 0 -- not below\n), CONSTRAINT named CHECK (n < 9))",
                "PRAGMA ignore_check_constraints = ON",
                "INSERT INTO t VALUES (1, -1), (2, 5), (3, 0), (4, NULL)");
        MigrationPlan plan = migration.plan();
        assertThat(plan.blockers()).singleElement().satisfies(notice -> {
            assertThat(notice.id()).isEqualTo("violation:t.1");
            assertThat(notice.count()).isEqualTo(2);
            assertThat(notice.keys()).containsExactly("id=1", "id=3");
        });
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migration::run)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.PLAN_BLOCKED));
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow%'"))
                .isEqualTo("0");
        migration.accept("violation:t.1").run();
        assertThat(database.rows("SELECT conname, convalidated FROM pg_constraint WHERE contype = 'c'"
                        + " AND connamespace = 'public'::regnamespace ORDER BY 1"))
                .containsExactly(List.of("named", "t"), List.of("t_n_check", "f"));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database.execute("INSERT INTO t VALUES (5, -1)"));
    }

    @Test
    @DisplayName("A NULL in a column that is declared NOT NULL is named before the first write")
    void namesNullsOfNotNullColumns(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b TEXT)",
                "INSERT INTO t VALUES (1, 'x', 'y'), (2, NULL, 'z')",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = 'CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL)'",
                "PRAGMA writable_schema = RESET");
        assertThat(migration.plan().blockers()).singleElement().satisfies(notice -> {
            assertThat(notice.id()).isEqualTo("notnull:t.a");
            assertThat(notice.keys()).containsExactly("id=2");
        });
        migration.accept("notnull:t.a").run();
        assertThat(database.rows("SELECT attname FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0"
                        + " AND attnotnull ORDER BY attnum"))
                .containsExactly(List.of("id"), List.of("b"));
    }

    @Test
    @DisplayName("A NULL that a rule puts into a column declared NOT NULL is named before the first write")
    void namesNullsThatRulesMake(TestDatabase database) {
        ValueConverter none = value -> value.equals("none") ? null : value.toString();
        Migration migration = migration(
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT NOT NULL, b TEXT NOT NULL, c TEXT NOT NULL)",
                        "INSERT INTO t VALUES (1, '', 'x', 'x'), (2, 7, 'none', 'y')",
                        "CREATE TABLE k(a TEXT PRIMARY KEY, b INT) STRICT",
                        "INSERT INTO k VALUES ('', 1), ('x', 2)")
                .typeRules(TypeRules.standard()
                        .columns("*")
                        .blankAsNull()
                        .column("t", "b")
                        .convertedBy(PgType.TEXT, none));
        assertThat(migration.plan().blockers())
                .extracting(Notice::id, Notice::keys)
                .containsExactlyInAnyOrder(
                        tuple("notnull:t.a", List.of("id=1")),
                        tuple("notnull:t.b", List.of("id=2")),
                        tuple("misfit:k.a", List.of("a=")));
        migration.accept("notnull:t.*", "misfit:k.a").run();
        assertThat(database.rows("SELECT * FROM t ORDER BY id"))
                .containsExactly(Arrays.asList("1", null, "x", "x"), Arrays.asList("2", "7", null, "y"));
        assertThat(database.rows("SELECT attname FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0"
                        + " AND attnotnull ORDER BY attnum"))
                .containsExactly(List.of("id"), List.of("c"));
    }

    @Test
    @DisplayName("A generated column is told from one that a text or another table merely names")
    void readsGeneratedExpressionsByTheirColumns(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, v INT AS (a * 2), note TEXT AS ('v of ' || a) STORED,"
                        + " w INT AS (v + 1))",
                "INSERT INTO t(id, a) VALUES (1, 21)");
        assertThat(migration.plan().blockers()).isEmpty();
        migration.run();
        assertThat(database.value("INSERT INTO t(id, a) VALUES (2, 3) RETURNING v || note || w"))
                .isEqualTo("6v of 37");
    }

    @Test
    @DisplayName("ON CONFLICT clauses are named")
    void namesConflictClauses(TestDatabase database) {
        MigrationPlan plan = migration(
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY ON CONFLICT REPLACE, a TEXT NOT NULL ON CONFLICT IGNORE"
                                + " UNIQUE ON CONFLICT FAIL, b TEXT UNIQUE ON CONFLICT ABORT)")
                .plan();
        assertThat(plan.notices())
                .extracting(notice -> notice.severity() + " " + notice.id())
                .containsExactlyInAnyOrder("BLOCKER conflict:t", "BLOCKER conflict:t.a", "WARNING conflict:t.a#2");
    }

    @Test
    @DisplayName("WordPress on SQLite: a rowid's alias ignores its DEFAULT, and what NOT NULL does about NULL")
    void givesNumbersWhereSqliteIgnoresDefaults(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE m(id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL ON CONFLICT REPLACE DEFAULT 0,"
                        + " c INTEGER NOT NULL ON CONFLICT REPLACE DEFAULT '0')",
                "INSERT INTO m(c) VALUES (7)");
        assertThat(migration.plan().blockers()).extracting(Notice::id).containsExactly("conflict:m.c");
        migration.accept("conflict:m.c").run();
        database.execute("INSERT INTO m DEFAULT VALUES");
        assertThat(database.rows("SELECT id, c FROM m ORDER BY id"))
                .containsExactly(List.of("1", "7"), List.of("2", "0"));
    }

    @Test
    @DisplayName("Another order of text is said once; with COLLATE \"C\" it is that of SQLite")
    void ordersTextAsSqliteDoes(TestDatabase database) throws SQLException {
        int version = Integer.parseInt(String.valueOf(database.value("SHOW server_version_num")));
        assumeTrue(version >= 150000, "A database has a locale of ICU from PostgreSQL 15 on");
        String name = database.name() + "_icu";
        database.execute("CREATE DATABASE " + name
                + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
        PGSimpleDataSource icu = new PGSimpleDataSource();
        icu.setUrl(database.jdbcUrl());
        icu.setDatabaseName(name);
        try {
            Migration migration = Migration.from(SqliteFiles.write(
                            folder.resolve("app.db"),
                            "CREATE TABLE t(id INTEGER PRIMARY KEY, k TEXT, u TEXT COLLATE NOCASE UNIQUE,"
                                    + " n VARCHAR(9) DEFAULT 'x')",
                            "INSERT INTO t(k, u) VALUES ('a', 'a'), ('B', 'B'), ('_', '_'), ('ä', 'ä')",
                            "CREATE INDEX by_k ON t(k)",
                            "CREATE VIEW v AS SELECT k || '!' AS k FROM t"))
                    .to(icu);
            MigrationPlan plan = migration.plan();
            assertThat(plan.notices()).singleElement().satisfies(notice -> {
                assertThat(notice.id()).isEqualTo("collation:database");
                assertThat(notice.severity()).isEqualTo(Notice.Severity.INFO);
                assertThat(notice.message()).contains("3 columns").contains("en-US");
                assertThat(notice.remedy()).contains("collateC()");
            });
            assertThat(plan.ddl()).doesNotContain("COLLATE");
            Migration bytewise = migration.into(TargetSchema.created("public").collateC());
            assertThat(bytewise.plan().notices()).isEmpty();
            bytewise.run();
            try (Connection connection = icu.getConnection()) {
                assertThat(strings(connection, "SELECT k FROM t ORDER BY k")).containsExactly("B", "_", "a", "ä");
                assertThat(strings(connection, "SELECT k FROM v ORDER BY k")).containsExactly("B!", "_!", "a!", "ä!");
                assertThat(strings(connection, "SELECT u FROM t ORDER BY u")).containsExactly("_", "a", "B", "ä");
                connection
                        .createStatement()
                        .execute("INSERT INTO t(k) SELECT 'k' || n FROM generate_series(1, 5000) n");
                connection.createStatement().execute("ANALYZE t");
                assertThat(strings(connection, "EXPLAIN SELECT * FROM t WHERE k LIKE 'k77%'"))
                        .anyMatch(line -> line.contains("by_k"));
            }
        } finally {
            database.execute("DROP DATABASE " + name);
        }
    }

    private static List<String> strings(Connection connection, String query) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }

    @Test
    @DisplayName("A virtual table whose module is missing is named, and the run goes on")
    void goesOnWithoutTheModule(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)",
                "INSERT INTO t VALUES (1, 'x')",
                "CREATE TABLE words_vocab(id INTEGER PRIMARY KEY, rank INT)",
                "INSERT INTO words_vocab VALUES (1, 2)",
                "PRAGMA writable_schema = ON",
                "INSERT INTO sqlite_schema(type, name, tbl_name, rootpage, sql) VALUES ('table', 'words', 'words', 0,"
                        + " 'CREATE VIRTUAL TABLE words USING spellfix1'), ('table', 'knn', 'knn', 0,"
                        + " 'CREATE VIRTUAL TABLE knn USING VirtualKNN2(x, y = ''a, b'')')",
                "PRAGMA writable_schema = RESET",
                "CREATE VIEW over_it AS SELECT a FROM t WHERE a IN (SELECT word FROM words)");
        assertThat(migration.plan().blockers())
                .extracting(Notice::id)
                .containsExactlyInAnyOrder("virtual:words", "virtual:knn", "view:over_it");
        migration.accept("virtual:*", "view:*").run();
        assertThat(database.value("SELECT a FROM t")).isEqualTo("x");
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relname IN ('words', 'knn', 'over_it')"))
                .isEqualTo("0");
    }
}
