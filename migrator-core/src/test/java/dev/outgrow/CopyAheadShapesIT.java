package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.option.OrphanPolicy;
import dev.outgrow.option.WayBack;
import dev.outgrow.report.CopiedAhead;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A copy that is made ahead, of tables of all shapes: each is followed rightly, or loaded anew as a whole. */
@ExtendWith(TestPostgres.class)
class CopyAheadShapesIT {
    private static final String NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ";

    private static final String[] SHAPES = {
        "PRAGMA encoding = 'UTF-16le'",
        "CREATE TABLE a(id INTEGER PRIMARY KEY, b INT REFERENCES b(id) DEFERRABLE INITIALLY DEFERRED, x REAL, \"Y z\" BLOB)",
        "CREATE TABLE b(id INTEGER PRIMARY KEY, a INT REFERENCES a(id), up INT REFERENCES b(id) ON UPDATE CASCADE)",
        "CREATE TABLE code(code TEXT NOT NULL PRIMARY KEY, alias TEXT UNIQUE, n INT)",
        "CREATE TABLE by_code(id INTEGER PRIMARY KEY, code TEXT REFERENCES code(code) ON UPDATE CASCADE ON DELETE SET NULL,"
                + " alias TEXT REFERENCES code(alias) ON UPDATE SET NULL)",
        "CREATE TABLE pair(x INT NOT NULL, y TEXT NOT NULL COLLATE NOCASE, z BLOB, PRIMARY KEY (x, y))",
        "CREATE TABLE of_pair(id INTEGER PRIMARY KEY, x INT, y TEXT COLLATE NOCASE,"
                + " FOREIGN KEY (x, y) REFERENCES pair(x, y) ON DELETE CASCADE)",
        "CREATE TABLE plain(k INT, v TEXT)",
        "CREATE TABLE small(id INT NOT NULL PRIMARY KEY, v NUMERIC) WITHOUT ROWID",
        "CREATE UNIQUE INDEX a_part ON a(x) WHERE x > 100",
        "CREATE UNIQUE INDEX code_n ON code(n, length(code))",
        NUMBERS + "300) INSERT INTO b(id) SELECT i FROM n",
        NUMBERS + "300) INSERT INTO a SELECT i, i, i / 2.0, randomblob(i * 20) FROM n",
        "UPDATE b SET a = id, up = nullif(id - 1, 0)",
        NUMBERS + "200) INSERT INTO code SELECT 'c' || i, 'alias ' || i, i FROM n",
        NUMBERS + "500) INSERT INTO by_code SELECT i, 'c' || (1 + i % 200), 'alias ' || (1 + i % 150) FROM n",
        NUMBERS + "200) INSERT INTO pair SELECT i % 20, 'Y' || i, zeroblob(i) FROM n",
        NUMBERS + "400) INSERT INTO of_pair SELECT i, i % 20, 'y' || (1 + i % 20) FROM n WHERE i % 20 > 0",
        NUMBERS + "50) INSERT INTO plain SELECT i % 5, 'v' || i FROM n",
        NUMBERS + "50) INSERT INTO small SELECT i, i * 1.5 FROM n"
    };

    @TempDir
    Path folder;

    private SwitchoverCase app(TestDatabase database, String... statements) {
        SwitchoverCase app = new SwitchoverCase(folder, database);
        SqliteFiles.write(app.file(), statements);
        return app;
    }

    /** {@code -Dmigrator.test.rounds=100} does it more often, {@code -Dmigrator.test.seed} begins elsewhere. */
    @Test
    void followsRandomWork(TestDatabase database) throws Exception {
        long first = Long.getLong("migrator.test.seed", 20261130);
        int rounds = Integer.getInteger("migrator.test.rounds", 2);
        int done = 0;
        int applied = 0;
        SwitchoverCase app = app(database, SHAPES);
        for (long seed = first; seed < first + rounds; seed++) {
            try (TestDatabase other = PostgresServer.shared().freshDatabase()) {
                SwitchoverCase now = new SwitchoverCase(folder.resolve("round" + seed), other);
                Files.createDirectory(now.folder());
                Files.copy(app.file(), now.file());
                Switchover switchover =
                        Switchover.of(now.migration().accept("*")).wayBack(WayBack.NOT_NEEDED);
                switchover.copyAhead();
                RandomSqliteWork work = new RandomSqliteWork(seed);
                done += work.on(now.file(), 60);
                if (seed % 2 == 0) {
                    switchover.copyAhead();
                    done += work.on(now.file(), 30);
                }
                CopiedAhead told = CopyAheadCase.switched(now, switchover);
                CopyAheadCase.assertSame(now);
                CopyAheadCase.assertAsWithoutCopy(now, migration -> migration.accept("*"));
                assertThat(told.notUsed()).as("seed " + seed).isEmpty();
                applied += (int) told.rowsApplied();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(done).isGreaterThan(rounds * 20);
        assertThat(applied).isGreaterThan(rounds * 20);
    }

    private CopiedAhead between(SwitchoverCase app, UnaryOperator<Migration> options, String... statements)
            throws SQLException {
        Switchover switchover = Switchover.of(options.apply(app.migration())).wayBack(WayBack.NOT_NEEDED);
        switchover.copyAhead();
        app.write(statements);
        CopiedAhead told = CopyAheadCase.switched(app, switchover);
        CopyAheadCase.assertAsWithoutCopy(app, options);
        return told;
    }

    @Test
    void followsOrphansThatAreSetAsideOrBecomeNull(TestDatabase database) throws SQLException {
        SwitchoverCase app = app(
                database,
                "CREATE TABLE p(id INTEGER PRIMARY KEY)",
                "CREATE TABLE aside(id INTEGER PRIMARY KEY, p INT REFERENCES p(id), v TEXT)",
                "CREATE TABLE nulled(id INTEGER PRIMARY KEY, p INT REFERENCES p(id), v TEXT)",
                "INSERT INTO p VALUES (1), (2), (3)",
                "INSERT INTO aside VALUES (1, 1, 'a'), (2, 77, 'lost'), (3, 3, 'c')",
                "INSERT INTO nulled VALUES (1, 1, 'a'), (2, 77, 'lost'), (3, 3, 'c')");
        CopiedAhead told = between(
                app,
                migration -> migration
                        .orphans(OrphanPolicy.SET_ASIDE, "aside.p")
                        .orphans(OrphanPolicy.SET_NULL, "nulled.p")
                        .accept("*"),
                "DELETE FROM p WHERE id = 3",
                "INSERT INTO p VALUES (77)",
                "INSERT INTO aside VALUES (4, 78, 'late')",
                "UPDATE nulled SET v = 'b' WHERE id = 2");
        assertThat(told.notUsed()).isEmpty();
        assertThat(database.rows("SELECT row_key FROM outgrow.set_aside ORDER BY 1")
                        .toString())
                .isEqualTo("[[3], [4]]");
        assertThat(database.rows("SELECT id, p, v FROM nulled ORDER BY 1").toString())
                .isEqualTo("[[1, 1, a], [2, 77, b], [3, null, c]]");
        assertThat(database.rows("SELECT id FROM aside ORDER BY 1").toString()).isEqualTo("[[1], [2]]");
    }

    @Test
    void followsRowsThatBreakTheirConstraintsAsAccepted(TestDatabase database) throws SQLException {
        SwitchoverCase app = app(
                database,
                "CREATE TABLE p(id INTEGER PRIMARY KEY)",
                "CREATE TABLE c(id INTEGER PRIMARY KEY, p INT REFERENCES p(id), n INT CHECK (n > 0))",
                "PRAGMA ignore_check_constraints = ON",
                "INSERT INTO p VALUES (1)",
                "INSERT INTO c VALUES (1, 1, 1), (2, 77, -1)");
        CopiedAhead told = between(
                app,
                migration -> migration.accept("*"),
                "PRAGMA ignore_check_constraints = ON",
                "INSERT INTO c VALUES (3, 78, -2)",
                "UPDATE c SET n = 5 WHERE id = 1");
        assertThat(told.notUsed()).isEmpty();
        assertThat(told.rowsApplied()).isEqualTo(2);
    }

    @Test
    void loadsATextIndexAnewIfItsContentHasChanged(TestDatabase database) throws SQLException {
        SwitchoverCase app = app(
                database,
                "CREATE VIRTUAL TABLE docs USING fts5(title, body)",
                "CREATE VIRTUAL TABLE still USING fts5(title)",
                "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
                "INSERT INTO docs VALUES ('one', 'first'), ('two', 'second')",
                "INSERT INTO still VALUES ('one')",
                "INSERT INTO t VALUES (1, 'x')");
        CopiedAhead told =
                between(app, migration -> migration.accept("*"), "INSERT INTO docs VALUES ('three', 'third')");
        assertThat(told.loadedAnew()).singleElement().asString().startsWith("docs: ");
        assertThat(told.rowsTaken()).isEqualTo(2);
    }

    @Test
    void loadsAnewWhatAConverterMade(TestDatabase database) throws SQLException {
        SwitchoverCase app = app(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
                "CREATE TABLE u(id INTEGER PRIMARY KEY, v TEXT)",
                "INSERT INTO t VALUES (1, 'x'), (2, 'y')",
                "INSERT INTO u VALUES (1, 'x')");
        CopiedAhead told = between(
                app,
                migration -> migration
                        .typeRules(TypeRules.standard()
                                .column("t", "v")
                                .convertedBy(
                                        PgType.TEXT, value -> value.toString().toUpperCase(Locale.ROOT)))
                        .accept("*"),
                "UPDATE u SET v = 'z'");
        assertThat(told.loadedAnew()).singleElement().asString().contains("t: ", "a converter made values");
        assertThat(database.rows("SELECT v FROM t ORDER BY 1").toString()).isEqualTo("[[X], [Y]]");
    }

    @Test
    void beginsAnewIfAValueChangesAType(TestDatabase database) throws SQLException {
        SwitchoverCase app = app(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, v INTEGER)",
                "CREATE TABLE u(id INTEGER PRIMARY KEY)",
                "INSERT INTO t VALUES (1, 1)",
                "INSERT INTO u VALUES (1)");
        CopiedAhead told = between(
                app,
                migration -> migration.onMisfit(MisfitPolicy.WIDEN).accept("*"),
                "INSERT INTO t VALUES (2, 'two')");
        assertThat(told.notUsed().orElseThrow()).contains("the plan has changed");
        assertThat(database.rows("SELECT v FROM t ORDER BY id").toString()).isEqualTo("[[1], [two]]");
    }

    /** As Django does it, which quotes every name. */
    @Test
    void followsATableThatWasMadeAnewAsItWas(TestDatabase database) throws SQLException {
        SwitchoverCase app = app(
                database,
                "CREATE TABLE \"t\"(id INTEGER PRIMARY KEY, v TEXT)",
                "CREATE TABLE \"u\"(id INTEGER PRIMARY KEY, v TEXT)",
                "CREATE INDEX t_v ON t(v)",
                NUMBERS + "50) INSERT INTO t SELECT i, 'v' || i FROM n",
                NUMBERS + "50) INSERT INTO u SELECT i, 'v' || i FROM n");
        CopiedAhead told = between(
                app,
                migration -> migration.accept("*"),
                "CREATE TABLE \"new__t\"(id INTEGER PRIMARY KEY, v TEXT)",
                "INSERT INTO new__t SELECT id, CASE id WHEN 7 THEN 'seven' ELSE v END FROM t",
                "DROP TABLE t",
                "ALTER TABLE new__t RENAME TO \"t\"",
                "CREATE INDEX t_v ON t(v)");
        assertThat(told.notUsed()).isEmpty();
        assertThat(database.value("SELECT v FROM t WHERE id = 7")).isEqualTo("seven");
    }
}
