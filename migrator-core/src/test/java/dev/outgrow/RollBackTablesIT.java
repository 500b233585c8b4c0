package dev.outgrow;

import static dev.outgrow.RollBackCase.assertSameSchema;
import static dev.outgrow.RollBackCase.execute;
import static dev.outgrow.RollBackCase.rows;
import static dev.outgrow.RollBackCase.values;
import static dev.outgrow.SwitchoverCase.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.WayBack;
import dev.outgrow.plan.Notice;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.RollBackReport;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.ValueConverter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What SQLite has of tables and values that are not as the others are, on the way back. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class RollBackTablesIT extends RollBackFolder {
    @Test
    void leavesTheSchemaAsItIsAndTriggersSilent() {
        Switchover switchover = switchover(
                "PRAGMA page_size = 1024",
                "PRAGMA auto_vacuum = INCREMENTAL",
                "PRAGMA application_id = 77",
                "PRAGMA user_version = 12",
                "CREATE TABLE doc(id INTEGER PRIMARY KEY, title TEXT, body TEXT)",
                "CREATE VIRTUAL TABLE doc_fts USING fts5(title, body, content='doc', content_rowid='id')",
                "CREATE TRIGGER doc_ai AFTER INSERT ON doc BEGIN INSERT INTO doc_fts(rowid, title, body)"
                        + " VALUES (new.id, new.title, new.body); INSERT INTO audit VALUES ('insert'); END",
                "CREATE TABLE audit(what TEXT)",
                "CREATE TRIGGER doc_ad AFTER DELETE ON doc BEGIN INSERT INTO doc_fts(doc_fts, rowid, title, body)"
                        + " VALUES ('delete', old.id, old.title, old.body); INSERT INTO audit VALUES ('delete'); END",
                "CREATE VIRTUAL TABLE own USING fts5(text)",
                "CREATE VIRTUAL TABLE area USING rtree(id, x0, x1)",
                "CREATE VIEW titles AS SELECT title FROM doc",
                "INSERT INTO doc VALUES (1, 'one', 'first'), (2, 'two', 'second'), (3, 'three', 'third')",
                "INSERT INTO own VALUES ('alpha'), ('beta')",
                "INSERT INTO area VALUES (1, 0.5, 1.5), (2, 2, 3)");
        switchover.switchOver();
        execute(
                database,
                "INSERT INTO doc VALUES (4, 'four', 'fourth')",
                "UPDATE doc SET body = 'zweiter' WHERE id = 2",
                "DELETE FROM doc WHERE id = 1",
                "UPDATE own SET text = 'gamma' WHERE text = 'beta'",
                "INSERT INTO own(rowid, text) VALUES (9, 'delta')",
                "UPDATE area SET x1 = 8 WHERE id = 2",
                "INSERT INTO area VALUES (3, 4, 5)");
        switchover.rollBack(newFile());
        assertSameSchema(newFile(), backup());
        assertThat(values(newFile(), "SELECT rowid FROM doc_fts WHERE doc_fts MATCH 'zweiter OR fourth OR first'"))
                .containsExactlyInAnyOrder("2", "4");
        assertThat(values(newFile(), "SELECT what FROM audit")).hasSize(3);
        assertThat(values(newFile(), "SELECT rowid FROM own WHERE own MATCH 'gamma OR delta'"))
                .containsExactlyInAnyOrder("2", "9");
        assertThat(values(newFile(), "SELECT id || ' ' || x0 || ' ' || x1 FROM area WHERE x0 >= 2 ORDER BY id"))
                .containsExactly("2 2.0 8.0", "3 4.0 5.0");
    }

    @Test
    void leavesVirtualTablesOfTheApplicationsOwnModulesAsTheyAre() {
        Switchover switchover = switchover(
                "CREATE TABLE place(id INTEGER PRIMARY KEY, name TEXT)",
                "INSERT INTO place VALUES (1, 'here')",
                "PRAGMA writable_schema = ON",
                "INSERT INTO sqlite_schema(type, name, tbl_name, rootpage, sql)"
                        + " VALUES ('table', 'SpatialIndex', 'SpatialIndex', 0,"
                        + " 'CREATE VIRTUAL TABLE SpatialIndex USING VirtualSpatialIndex()')",
                "PRAGMA writable_schema = RESET");
        switchover.switchOver();
        execute(database, "INSERT INTO place VALUES (2, 'there')");
        assertThat(switchover.rollBack(newFile()).carried()).isEqualTo(1);
        assertThat(values(newFile(), "SELECT name FROM place ORDER BY id")).containsExactly("here", "there");
        assertSameSchema(newFile(), backup());
    }

    @Test
    void carriesBackTablesOfEveryKind() {
        Switchover switchover = switchover(
                "CREATE TABLE pairs(a TEXT, b INTEGER, v TEXT UNIQUE, PRIMARY KEY (a, b)) WITHOUT ROWID",
                "CREATE TABLE made(id INTEGER PRIMARY KEY, price INT, twice INT GENERATED ALWAYS AS (price * 2) STORED,"
                        + " label TEXT AS ('n' || price) VIRTUAL)",
                "CREATE TABLE byname(name TEXT PRIMARY KEY, ref UUID UNIQUE)",
                "CREATE TABLE byuuid(id UUID PRIMARY KEY NOT NULL, n INT)",
                "CREATE TABLE strict_one(id INTEGER PRIMARY KEY, any_value ANY, blob_value BLOB) STRICT",
                "CREATE TABLE empty(id INTEGER PRIMARY KEY AUTOINCREMENT, x)",
                "INSERT INTO pairs VALUES ('x', 1, 'p'), ('x', 2, 'q'), ('Y', 1, 'r')",
                "INSERT INTO made(id, price) VALUES (1, 10), (2, 20)",
                "INSERT INTO byname(rowid, name, ref) VALUES (5, 'n1', 'AAAAAAAA-0000-4000-8000-000000000001'), (9, 'n2', NULL)",
                "INSERT INTO byuuid VALUES ('AAAAAAAA-0000-4000-8000-000000000001', 1),"
                        + " ('BBBBBBBB-0000-4000-8000-000000000002', 2)",
                "INSERT INTO strict_one VALUES (1, 'text', x'00ff')");
        switchover.switchOver();
        execute(
                database,
                // Two rows exchange what is unique.
                "UPDATE pairs SET v = 'temporary' WHERE a = 'x' AND b = 1",
                "UPDATE pairs SET v = 'p' WHERE a = 'x' AND b = 2",
                "UPDATE pairs SET v = 'q' WHERE a = 'x' AND b = 1",
                "UPDATE pairs SET b = 7 WHERE a = 'Y'",
                "UPDATE made SET price = 11 WHERE id = 1",
                "INSERT INTO made(id, price) VALUES (3, 30)",
                "UPDATE byname SET name = 'renamed' WHERE name = 'n1'",
                "UPDATE byname SET ref = 'cccccccc-0000-4000-8000-000000000003' WHERE name = 'n2'",
                "UPDATE byuuid SET n = 22 WHERE n = 2",
                "DELETE FROM byuuid WHERE n = 1",
                "INSERT INTO byuuid VALUES ('dddddddd-0000-4000-8000-000000000004', 4)",
                "UPDATE strict_one SET blob_value = '\\x0102'",
                "INSERT INTO empty(x) VALUES ('a'), ('b')",
                "DELETE FROM empty");
        switchover.rollBack(newFile());
        assertSameSchema(newFile(), backup());
        assertThat(rows(newFile(), "pairs", "a, b"))
                .containsExactly(
                        "text:'Y'|integer:7|text:'r'", "text:'x'|integer:1|text:'q'", "text:'x'|integer:2|text:'p'");
        assertThat(rows(newFile(), "made", "id"))
                .containsExactly(
                        "integer:1|integer:11|integer:22|text:'n11'",
                        "integer:2|integer:20|integer:40|text:'n20'",
                        "integer:3|integer:30|integer:60|text:'n30'");
        assertThat(values(
                        newFile(), "SELECT rowid || ' ' || name || ' ' || coalesce(ref, '') FROM byname ORDER BY name"))
                .containsExactly(
                        "9 n2 CCCCCCCC-0000-4000-8000-000000000003", "10 renamed AAAAAAAA-0000-4000-8000-000000000001");
        assertThat(rows(newFile(), "byuuid", "n"))
                .containsExactly(
                        "text:'DDDDDDDD-0000-4000-8000-000000000004'|integer:4",
                        "text:'BBBBBBBB-0000-4000-8000-000000000002'|integer:22");
        assertThat(rows(newFile(), "strict_one", "id")).containsExactly("integer:1|text:'text'|blob:X'0102'");
        assertThat(values(newFile(), "SELECT seq FROM sqlite_sequence WHERE name = 'empty'"))
                .containsExactly("2");
    }

    @Test
    void keepsTheEncodingAndTheJournalOfTheFile() {
        Switchover switchover = switchover(
                "PRAGMA encoding = 'UTF-16le'",
                "PRAGMA journal_mode = WAL",
                "CREATE TABLE t(name TEXT PRIMARY KEY, v TEXT)",
                "INSERT INTO t VALUES ('ä', 'ö'), ('b', 'c'), ('\uD83D\uDE00', 'd')");
        switchover.switchOver();
        execute(database, "UPDATE t SET v = 'ü' WHERE name = 'b'", "INSERT INTO t VALUES ('ß', NULL)");
        switchover.rollBack(newFile());
        assertSameSchema(newFile(), backup());
        assertThat(values(newFile(), "SELECT name || coalesce(v, '') FROM t ORDER BY rowid"))
                .containsExactly("äö", "bü", "\uD83D\uDE00d", "ß");
        assertThat(folder.toFile().list()).doesNotContain("new.db-wal", "new.db-shm");
    }

    @Test
    void namesTheRowsThatSqliteRefuses() {
        Switchover switchover = switchover(
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT CHECK (n > 0), s TEXT COLLATE NOCASE UNIQUE)",
                "INSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b')");
        switchover.switchOver();
        execute(
                database,
                "ALTER TABLE t DROP CONSTRAINT t_n_check",
                "UPDATE t SET n = -1 WHERE id = 2",
                "INSERT INTO t VALUES (3, 0, 'c')");
        MigrationException refused = failed(Reason.NO_WAY_BACK, () -> switchover.rollBack(newFile()));
        assertThat(refused)
                .hasMessageContaining("wayback:t")
                .hasMessageContaining("2 rows")
                .hasMessageContaining("id=2; id=3");
        assertThat(Files.exists(newFile())).isFalse();
        assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith(".new.db"));
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.POSTGRES);
        failed(Reason.NO_WAY_BACK, switchover::rehearseRollBack);
    }

    @Test
    void namesWhatTheAppsOwnMigrationsHaveMadeOfTheSchema() {
        Switchover switchover = switchover(
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, gone TEXT)",
                "INSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b')");
        switchover.switchOver();
        execute(
                database,
                "ALTER TABLE t ADD COLUMN nick text",
                "ALTER TABLE t ADD COLUMN unused text",
                "UPDATE t SET nick = 'x' WHERE id = 1",
                "ALTER TABLE t DROP COLUMN gone",
                "CREATE TABLE later(id int)",
                "INSERT INTO later VALUES (1), (2)",
                "CREATE TABLE nothing(id int)",
                "INSERT INTO t(id, n) VALUES (3, 3)");
        Switchover strict = Switchover.of(Migration.from(file())
                .to(database.dataSource())
                .typeRules(TypeRules.standard().everyColumn().naiveTimesIn(ZoneOffset.UTC)));
        assertThat(failed(Reason.NO_WAY_BACK, () -> strict.rollBack(newFile())))
                .hasMessageContaining("wayback:t.nick")
                .hasMessageContaining("1 row has a value")
                .hasMessageContaining("wayback:later")
                .hasMessageContaining("2 rows")
                .hasMessageContaining("wayback:t.gone")
                .hasMessageNotContaining("nothing");
        RollBackReport report = switchover.rollBack(newFile());
        assertThat(report.notices())
                .extracting(Notice::id)
                .contains("wayback:t.nick", "wayback:later", "wayback:t.gone", "wayback:t.unused", "wayback:nothing");
        assertThat(rows(newFile(), "t", "id"))
                .containsExactly(
                        "integer:1|integer:1|text:'a'",
                        "integer:2|integer:2|text:'b'",
                        "integer:3|integer:3|null:NULL");
    }

    private record Doubling(boolean both) {
        ValueConverter converter() {
            return both
                    ? new ValueConverter() {
                        @Override
                        public String toPostgres(Object value) {
                            return value + "!";
                        }

                        @Override
                        public Optional<Object> toSqlite(String text) {
                            return Optional.of(text.substring(0, text.length() - 1));
                        }
                    }
                    : value -> value + "!";
        }
    }

    @Test
    void carriesBackThroughConvertersOfBothDirectionsAndNamesTheOthers() {
        SqliteFiles.write(
                file(), "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b TEXT)", "INSERT INTO t VALUES (1, 'x', 'y')");
        Migration migration = Migration.from(file())
                .to(database.dataSource())
                .typeRules(TypeRules.standard()
                        .column("t", "a")
                        .convertedBy(PgType.TEXT, new Doubling(true).converter())
                        .column("t", "b")
                        .convertedBy(PgType.TEXT, new Doubling(false).converter()));
        assertThat(migration.plan().notices()).extracting(Notice::id).containsExactly("wayback:t.b");
        assertThat(failed(Reason.PLAN_BLOCKED, () -> Switchover.of(migration).switchOver()))
                .hasMessageContaining("nobody said")
                .hasMessageContaining("wayback:t.b");
        Switchover required = Switchover.of(migration).wayBack(WayBack.REQUIRED);
        assertThat(failed(Reason.PLAN_BLOCKED, required::switchOver)).hasMessageContaining("is required");
        assertThat(required.active()).isEqualTo(ActiveDatabase.MIGRATION_DUE);
        Switchover.of(migration).wayBack(WayBack.NOT_NEEDED).switchOver();
        execute(database, "INSERT INTO t VALUES (2, 'z!', NULL)");
        assertThat(Switchover.of(migration).rehearseRollBack().carried()).isEqualTo(1);
        execute(database, "INSERT INTO t VALUES (3, 'w!', 'v!')", "UPDATE t SET b = 'q!' WHERE id = 1");
        assertThat(failed(Reason.NO_WAY_BACK, () -> Switchover.of(migration).rollBack(newFile())))
                .hasMessageContaining("wayback:t.b")
                .hasMessageContaining("2 values")
                .hasMessageContaining("id=1; id=3");
        Switchover.of(migration.accept("wayback:t.b")).rollBack(newFile());
        assertThat(rows(newFile(), "t", "id"))
                .containsExactly(
                        "integer:1|text:'x'|text:'y'", "integer:2|text:'z'|null:NULL", "integer:3|text:'w'|null:NULL");
    }

    /** A conversion that goes wrong in the other direction only once the migration is done. */
    private static final class Failing implements ValueConverter {
        private boolean wrong;

        @Override
        public String toPostgres(Object value) {
            return value + "!";
        }

        @Override
        public Optional<Object> toSqlite(String text) {
            String right = text.substring(0, text.length() - 1);
            return Optional.of(wrong && right.equals("z") ? "zz" : right);
        }
    }

    @Test
    void findsAFaultOfTheMappingsOtherDirection() {
        SqliteFiles.write(file(), "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)", "INSERT INTO t VALUES (1, 'x')");
        Failing failing = new Failing();
        Migration migration = Migration.from(file())
                .to(database.dataSource())
                .typeRules(TypeRules.standard().column("t", "a").convertedBy(PgType.TEXT, failing));
        Switchover.of(migration).switchOver();
        execute(database, "INSERT INTO t VALUES (2, 'z!')");
        failing.wrong = true;
        assertThat(failed(
                        Reason.VALIDATION_FAILED, () -> Switchover.of(migration).rollBack(newFile())))
                .hasMessageContaining("id=2");
        assertThat(Files.exists(newFile())).isFalse();
        failing.wrong = false;
        assertThat(Switchover.of(migration).rollBack(newFile()).carried()).isEqualTo(1);
    }

    @Test
    void makesNoFileWhereSomethingIs() throws Exception {
        Switchover switchover = switchover("CREATE TABLE t(id INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        failed(Reason.TARGET_EMPTY, () -> switchover.rollBack(newFile()));
        switchover.switchOver();
        for (Path taken : List.of(file(), backup())) {
            failed(Reason.NEW_FILE_UNUSABLE, () -> switchover.rollBack(taken));
        }
        Files.writeString(folder.resolve("new.db-wal"), "");
        failed(Reason.NEW_FILE_UNUSABLE, () -> switchover.rollBack(newFile()));
        failed(Reason.NEW_FILE_UNUSABLE, () -> switchover.rollBack(folder.resolve("nowhere/new.db")));
        byte[] changed = Files.readAllBytes(backup());
        changed[changed.length - 1] ^= 1;
        Files.write(backup(), changed);
        failed(Reason.SOURCE_CHANGED, switchover::rehearseRollBack);
    }
}
