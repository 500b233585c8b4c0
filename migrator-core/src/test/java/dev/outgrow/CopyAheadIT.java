package dev.outgrow;

import static dev.outgrow.SwitchoverCase.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.Reason;
import dev.outgrow.report.CopiedAhead;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.MigrationStatus;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.SwitchoverStatus;
import dev.outgrow.switchover.WaitingCopy;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy that is made ahead, and what the application does until the switch. */
@ExtendWith(TestPostgres.class)
class CopyAheadIT {
    private static final String NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ";

    private static final List<String> APP = List.of(
            "CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, note TEXT,"
                    + " shout TEXT AS (upper(note)) STORED)",
            "CREATE TABLE posts(id INTEGER PRIMARY KEY, user_id INT NOT NULL REFERENCES users(id) ON DELETE CASCADE,"
                    + " parent INT REFERENCES posts(id) ON DELETE SET NULL, body TEXT, score REAL CHECK (score >= 0))",
            "CREATE TABLE tags(post_id INT NOT NULL REFERENCES posts(id), tag TEXT NOT NULL, PRIMARY KEY (post_id, tag))",
            "CREATE TABLE files(name TEXT NOT NULL PRIMARY KEY, data BLOB)",
            "CREATE TABLE settings(key TEXT PRIMARY KEY NOT NULL, value) WITHOUT ROWID",
            "CREATE TABLE log(line TEXT)",
            "CREATE INDEX posts_user ON posts(user_id)",
            "CREATE UNIQUE INDEX files_data ON files(name, length(data)) WHERE data IS NOT NULL",
            "CREATE VIEW names AS SELECT name FROM users",
            NUMBERS + "400) INSERT INTO users(id, name, note) SELECT i, 'user ' || i, 'note ' || i FROM n",
            NUMBERS + "2000) INSERT INTO posts SELECT i, 1 + i % 400, nullif(i / 2, 0), 'body ' || i, i / 4.0 FROM n",
            NUMBERS + "500) INSERT INTO tags SELECT i, 'tag' || (i % 7) FROM n",
            NUMBERS + "60) INSERT INTO files SELECT 'file ' || i, randomblob(i * 400) FROM n",
            "INSERT INTO settings VALUES ('a', 'one'), ('b', 'two')",
            "INSERT INTO log VALUES ('x'), ('x'), ('y')");

    @TempDir
    Path folder;

    /**
     * What happens between the copy and the switch.
     *
     * @param anew the tables that are loaded anew as a whole
     * @param applied how many rows are applied; -1 if that does not matter
     */
    private record Between(String name, int applied, List<String> anew, List<String> statements) {
        /** Whether the result is also held against one without a copy: if keys, sequences or whole tables are concerned. */
        boolean compared() {
            return applied <= 0 || !anew.isEmpty();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Between between(String name, int applied, List<String> anew, String... statements) {
        return new Between(name, applied, anew, List.of(statements));
    }

    static Stream<Between> cases() {
        return Stream.of(
                between("nothing", 0, List.of()),
                between(
                        "rows inserted, changed and deleted",
                        6,
                        List.of(),
                        "INSERT INTO users(name, note) VALUES ('new', 'x')",
                        "INSERT INTO posts VALUES (5000, 401, 5001, 'reply', 1.5), (5001, 401, NULL, 'first', 0)",
                        "UPDATE posts SET body = NULL, score = 2.25 WHERE id = 7",
                        "DELETE FROM tags WHERE post_id = 9",
                        "UPDATE users SET note = 'other' WHERE id = 3"),
                between(
                        "a parent deleted with its children",
                        -1,
                        List.of(),
                        "PRAGMA foreign_keys = ON",
                        "DELETE FROM tags",
                        "INSERT INTO tags VALUES (1, 'again')",
                        "DELETE FROM users WHERE id = 17"),
                between(
                        "children moved to another parent, and the old one deleted",
                        -1,
                        List.of(),
                        "UPDATE posts SET user_id = 2 WHERE user_id = 20",
                        "DELETE FROM users WHERE id = 20"),
                between(
                        "keys changed",
                        -1,
                        List.of(),
                        "UPDATE users SET id = 9000 WHERE id = 400",
                        "UPDATE posts SET user_id = 9000 WHERE user_id = 400",
                        "UPDATE tags SET tag = 'other' WHERE post_id < 10",
                        "UPDATE files SET name = 'renamed' WHERE name = 'file 3'"),
                between(
                        "unique values swapped",
                        3,
                        List.of(),
                        "UPDATE users SET name = 'swap' WHERE id = 1",
                        "UPDATE users SET name = 'user 1' WHERE id = 2",
                        "UPDATE users SET name = 'user 2' WHERE id = 1",
                        "UPDATE users SET note = 'c' WHERE id = 5"),
                between(
                        "a deleted row inserted again under another rowid",
                        3,
                        List.of(),
                        "DELETE FROM tags WHERE post_id = 40",
                        "INSERT INTO tags VALUES (40, 'tag5'), (40, 'tag6')",
                        "DELETE FROM files WHERE name = 'file 2'",
                        "INSERT INTO files VALUES ('file 2', x'00ff')"),
                between(
                        "blobs on overflow pages",
                        4,
                        List.of(),
                        "UPDATE files SET data = zeroblob(30000) WHERE name = 'file 50'",
                        "UPDATE files SET data = CAST(substr(data, 1, length(data) - 1) || 'x' AS BLOB) WHERE name = 'file 60'",
                        "UPDATE files SET data = NULL WHERE name = 'file 40'",
                        "DELETE FROM files WHERE name = 'file 59'"),
                between(
                        "VACUUM",
                        2,
                        List.of(),
                        "DELETE FROM users WHERE id = 399 AND 0",
                        "UPDATE users SET note = 'v' WHERE id = 12",
                        "DELETE FROM posts WHERE id = 2000",
                        "VACUUM"),
                between(
                        "an AUTOINCREMENT counter that has gone on",
                        0,
                        List.of(),
                        "INSERT INTO users(id, name) VALUES (7777, 'gone')",
                        "DELETE FROM users WHERE id = 7777"),
                between(
                        "tables without a rowid and without a key",
                        1,
                        List.of("settings", "log"),
                        "UPDATE settings SET value = 'three' WHERE key = 'b'",
                        "INSERT INTO log VALUES ('x')",
                        "UPDATE posts SET body = 'b' WHERE id = 1"),
                between(
                        "most of a table",
                        1,
                        List.of("posts"),
                        "UPDATE posts SET body = body || '!'",
                        "UPDATE users SET note = 'n' WHERE id = 1"),
                between(
                        "a table emptied and another filled",
                        -1,
                        List.of(),
                        "DELETE FROM tags",
                        NUMBERS + "300) INSERT INTO files SELECT 'more ' || i, randomblob(9) FROM n"));
    }

    private SwitchoverCase app(TestDatabase database) {
        SwitchoverCase app = new SwitchoverCase(folder, database);
        SqliteFiles.write(app.file(), APP.toArray(String[]::new));
        return app;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isBroughtToTheFrozenState(Between between, TestDatabase database) throws Exception {
        SwitchoverCase app = app(database);
        Switchover switchover = Switchover.of(app.migration().accept("*"));
        MigrationReport copied = switchover.copyAhead();
        assertThat(copied.toText())
                .startsWith("NOT MOVED YET: ")
                .contains("are copied, every value compared with the source;");
        assertThat(copied.validation().orElseThrow().passed()).isTrue();
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.MIGRATION_DUE);
        assertThat(app.sqliteOnly().active()).isEqualTo(ActiveDatabase.SQLITE);
        assertThat(database.value("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo("0");
        app.write(between.statements().toArray(String[]::new));
        CopiedAhead told = CopyAheadCase.switched(app, switchover);
        CopyAheadCase.assertSame(app);
        if (between.compared()) {
            CopyAheadCase.assertAsWithoutCopy(app, migration -> migration.accept("*"));
        }
        assertThat(told.notUsed()).isEmpty();
        assertThat(told.loadedAnew())
                .extracting(table -> table.substring(0, table.indexOf(':')))
                .containsExactlyInAnyOrderElementsOf(between.anew());
        if (between.applied() >= 0) {
            assertThat(told.rowsApplied()).isEqualTo(between.applied());
        }
        if (between.anew().isEmpty()) {
            long rows = 0;
            for (String table : List.of("users", "posts", "tags", "files", "settings", "log")) {
                rows += Long.parseLong(String.valueOf(database.value("SELECT count(*) FROM " + table)));
            }
            assertThat(told.rowsTaken()).isLessThanOrEqualTo(rows).isGreaterThan(rows / 2);
        }
    }

    private SwitchoverCase copied(TestDatabase database) {
        SwitchoverCase app = app(database);
        Switchover.of(app.migration().accept("*")).copyAhead();
        app.write("UPDATE posts SET body = 'changed' WHERE id = 9", "DELETE FROM tags WHERE post_id = 9");
        return app;
    }

    private static String staging(TestDatabase database) {
        return String.valueOf(database.value("SELECT staging_schema FROM outgrow.run"));
    }

    private Path kept() {
        return Stream.of(Objects.requireNonNull(folder.toFile().list()))
                .filter(name -> name.contains(".outgrow-ahead-"))
                .map(folder::resolve)
                .findFirst()
                .orElseThrow();
    }

    private static CopiedAhead switched(SwitchoverCase app) throws SQLException {
        CopiedAhead told =
                CopyAheadCase.switched(app, Switchover.of(app.migration().accept("*")));
        CopyAheadCase.assertSame(app);
        return told;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE %s.posts SET body = 'by somebody else' WHERE id = 1000",
                "DELETE FROM %s.log WHERE ctid = (SELECT min(ctid) FROM %s.log)",
                "INSERT INTO %s.files VALUES ('by somebody else', NULL)",
                "UPDATE %s.users SET note = repeat('x', 3) WHERE id = 9; DELETE FROM %s.tags WHERE post_id = 9",
                "ALTER TABLE %s.tags DROP CONSTRAINT tags_pkey",
                "DROP SCHEMA %s CASCADE"
            })
    void isNotUsedIfSomebodyAlteredItInPostgres(String alteration, TestDatabase database) throws SQLException {
        SwitchoverCase app = copied(database);
        database.execute(alteration.replace("%s", staging(database)));
        assertThat(switched(app).notUsed()).isPresent();
    }

    @Test
    void isNotUsedWithoutTheStateThatWasCopied(TestDatabase database) throws Exception {
        SwitchoverCase app = copied(database);
        Files.delete(kept());
        assertThat(switched(app).notUsed().orElseThrow()).contains("is gone");
    }

    @Test
    void isNotUsedWithADamagedStateOfTheSource(TestDatabase database) throws Exception {
        SwitchoverCase app = copied(database);
        byte[] bytes = Files.readAllBytes(kept());
        Arrays.fill(bytes, 0, 5000, (byte) 7);
        Files.write(kept(), bytes);
        assertThat(switched(app).notUsed().orElseThrow()).contains("cannot be read");
    }

    @Test
    void findsDifferencesThatWerePassedOver(TestDatabase database) throws Exception {
        SwitchoverCase app = copied(database);
        Path kept = kept();
        // The state that was copied has the change already, so that the pages do not show it.
        SqliteFiles.write(kept, "UPDATE posts SET body = 'changed' WHERE id = 9");
        assertThat(switched(app).notUsed().orElseThrow()).contains("does not hold what the source holds");
    }

    @Test
    void isNotUsedIfThePlanHasChanged(TestDatabase database) throws Exception {
        SwitchoverCase app = copied(database);
        app.write("CREATE INDEX posts_body ON posts(body)", "ALTER TABLE log ADD COLUMN at TEXT");
        assertThat(switched(app).notUsed().orElseThrow()).contains("the plan has changed");
    }

    @Test
    void stopsAtAValueThatItsColumnCannotHold(TestDatabase database) throws Exception {
        SwitchoverCase app = copied(database);
        app.write("UPDATE posts SET score = 'many' WHERE id = 3");
        failed(Reason.PLAN_BLOCKED, () -> app.withPostgres().switchOver());
        assertThat(app.withPostgres().active()).isEqualTo(ActiveDatabase.MIGRATION_DUE);
        app.write("UPDATE posts SET score = 3 WHERE id = 3");
        CopiedAhead told = switched(app);
        assertThat(told.notUsed()).isEmpty();
    }

    @Test
    void isBroughtUpAgainAndAgain(TestDatabase database) throws Exception {
        SwitchoverCase app = copied(database);
        Switchover switchover = Switchover.of(app.migration().accept("*"));
        Path first = kept();
        CopiedAhead second = switchover.copyAhead().copiedAhead().orElseThrow();
        assertThat(second.rowsApplied()).isEqualTo(2);
        assertThat(first).doesNotExist();
        app.write("DELETE FROM posts WHERE id > 1990", "INSERT INTO log VALUES ('z')");
        CopiedAhead third = switchover.copyAhead().copiedAhead().orElseThrow();
        assertThat(third.rowsApplied()).isEqualTo(10);
        assertThat(third.loadedAnew()).singleElement().asString().startsWith("log: ");
        CopiedAhead fourth = switchover.copyAhead().copiedAhead().orElseThrow();
        assertThat(fourth.rowsApplied()).isZero();
        assertThat(switched(app).rowsApplied()).isZero();
    }

    @Test
    void isDroppedWithTheUnfinishedRun(TestDatabase database) {
        SwitchoverCase app = copied(database);
        assertThat(app.migration().status().state()).isEqualTo(MigrationStatus.State.UNFINISHED);
        Switchover switchover = Switchover.of(app.migration().accept("*"));
        assertThat(switchover.status().refusal()).isEmpty();
        assertThat(switchover.status().active()).contains(ActiveDatabase.MIGRATION_DUE);
        assertNamed(switchover.status());
        assertThat(app.migration().accept("*").readiness().ready()).isTrue();
        assertThat(app.migration().accept("*").rehearse().report().copiedAhead())
                .isEmpty();
        assertThat(app.migration().discardUnfinished()).isTrue();
        assertThat(folder.toFile().list()).containsExactly("app.db");
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow%'"))
                .isEqualTo("0");
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.MIGRATION_DUE);
        assertThat(switchover.status().waitingCopy()).isEmpty();
        assertThat(switchover.status().toText()).doesNotContain("ahead");
        assertThat(switchover.switchOver().copiedAhead()).isEmpty();
    }

    /** Since when it waits, how large it is, and what to do with it. */
    private void assertNamed(SwitchoverStatus status) {
        WaitingCopy copy = status.waitingCopy().orElseThrow();
        assertThat(Duration.between(copy.at().orElseThrow(), status.askedAt())).isLessThan(Duration.ofMinutes(5));
        assertThat(copy.rows()).isGreaterThan(2000);
        assertThat(Path.of(copy.state()).getFileName()).isEqualTo(kept().getFileName());
        assertThat(status.toText())
                .containsPattern(
                        "Copied ahead: [-: \\d]+ UTC, \\d+ (s|min) ago, [\\d,]+ rows; nothing of it is published")
                .contains("switchOver() brings it up", "copyAhead()", "discardUnfinished()");
        assertThat(status.toJson())
                .contains("\"waitingCopy\"", copy.at().orElseThrow().toString());
        assertThat(status.toHtml()).contains("Copied ahead");
    }

    @Test
    void isTakenUpByAPlainRun(TestDatabase database) throws SQLException {
        SwitchoverCase app = copied(database);
        MigrationReport report = app.migration().accept("*").run();
        assertThat(report.copiedAhead().orElseThrow().rowsApplied()).isEqualTo(2);
        assertThat(report.downtime()).isEmpty();
        CopyAheadCase.assertSame(app);
        assertThat(folder.toFile().list()).noneMatch(name -> name.contains("ahead"));
    }

    @Test
    void leavesTheWayBackAndLateWritesAsTheyAre(TestDatabase database) throws Exception {
        SwitchoverCase app = copied(database);
        Switchover switchover = Switchover.of(app.migration().accept("*"));
        failed(
                Reason.SMOKE_TEST_FAILED,
                () -> switchover
                        .smokeTest("fails", postgres -> {
                            throw new IllegalStateException("on purpose");
                        })
                        .switchOver());
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.SQLITE);
        app.write("UPDATE posts SET body = 'once more' WHERE id = 10");
        switchover.copyAhead();
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.SQLITE);
        app.write("UPDATE posts SET body = 'and again' WHERE id = 10");
        assertThat(switched(app).rowsApplied()).isEqualTo(1);
        app.write("UPDATE posts SET body = 'late' WHERE id = 11");
        assertThat(switchover.carryLateWrites().isEmpty()).isFalse();
        CopyAheadCase.assertSame(app);
        database.execute(
                "INSERT INTO users(name, note) VALUES ('in postgres', 'x')", "DELETE FROM tags WHERE post_id = 5");
        Path back = folder.resolve("back.db");
        assertThat(switchover.rollBack(back).validation().passed()).isTrue();
        CopyAheadCase.assertSame(new SwitchoverCase(folder, database), back);
        Switchover again =
                Switchover.of(Migration.from(back).to(database.dataSource()).accept("*"));
        failed(Reason.COPY_AHEAD_REFUSED, again::copyAhead);
        again.switchOver();
    }
}
