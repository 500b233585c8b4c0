package dev.outgrow;

import static dev.outgrow.RollBackCase.assertSameSchema;
import static dev.outgrow.RollBackCase.execute;
import static dev.outgrow.RollBackCase.rows;
import static dev.outgrow.SwitchoverCase.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.Reason;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.option.WayBack;
import dev.outgrow.plan.Notice;
import dev.outgrow.switchover.RollBackReport;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Files;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way back where the two schemas are not alike: what the plan says of it before, and what migrations of the app did since. */
@ExtendWith(TestPostgres.class)
class RollBackSchemaIT extends RollBackFolder {
    private boolean existing;

    private Migration migration() {
        Migration migration = Migration.from(file())
                .to(database.dataSource())
                .typeRules(TypeRules.standard().everyColumn().naiveTimesIn(ZoneOffset.UTC));
        return existing ? migration.into(TargetSchema.existing("public")) : migration;
    }

    /** An app that is on PostgreSQL, in tables that we made or in its own. */
    private Switchover onPostgres(boolean intoItsOwn) {
        existing = intoItsOwn;
        if (existing) {
            execute(
                    database,
                    "CREATE TABLE t(id bigint PRIMARY KEY, n bigint, s text)",
                    "CREATE TABLE other(id bigint PRIMARY KEY, s text, r bigint, at timestamp)");
        }
        SqliteFiles.write(
                file(),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, s TEXT)",
                "CREATE TABLE other(id INTEGER PRIMARY KEY, s TEXT, r INT, at DATETIME)",
                "INSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b')",
                "INSERT INTO other VALUES (1, 'x', 3, '2024-01-01 10:00:00')");
        Switchover switchover = Switchover.of(migration());
        switchover.switchOver();
        return switchover;
    }

    private RollBackReport backAccepting(String... ids) {
        return Switchover.of(migration().accept(ids)).rollBack(newFile());
    }

    @Test
    void saysBeforehandWhichColumnsThatStayBehindNewRowsNeed() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, s TEXT, code TEXT NOT NULL, tag TEXT UNIQUE DEFAULT 'none',"
                        + " note TEXT, flag INT NOT NULL DEFAULT 0)",
                "INSERT INTO t VALUES (1, 'a', 'c1', 't1', 'n', 1)");
        execute(database, "CREATE TABLE t(id bigint PRIMARY KEY, s text)");
        Migration migration =
                migration().into(TargetSchema.existing("public").leaveBehind("t.code", "t.tag", "t.note", "t.flag"));
        assertThat(migration.plan().notices())
                .extracting(Notice::id)
                .filteredOn(id -> id.startsWith("wayback:"))
                .containsExactlyInAnyOrder("wayback:t.code", "wayback:t.tag");
        failed(Reason.PLAN_BLOCKED, () -> Switchover.of(migration).switchOver());
        Switchover switchover = Switchover.of(migration).wayBack(WayBack.NOT_NEEDED);
        switchover.switchOver();
        execute(database, "UPDATE t SET s = 'changed'");
        assertThat(switchover.rehearseRollBack().carried()).isEqualTo(1);
        execute(database, "INSERT INTO t VALUES (2, 'new')");
        assertThat(failed(Reason.NO_WAY_BACK, switchover::rehearseRollBack))
                .hasMessageContaining("wayback:t")
                .hasMessageContaining("1 row")
                .hasMessageContaining("id=2");
    }

    @Test
    void saysBeforehandWhichColumnsAreWrittenInSeveralForms() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE v(id INTEGER PRIMARY KEY, mixed DATETIME, alike DATETIME, u UUID, upper UUID)",
                "INSERT INTO v VALUES (1, '2024-01-01T10:00:00', '2024-01-01T10:00:00',"
                        + " 'ABCDEF00-0000-4000-8000-00000000000A', 'ABCDEF00-0000-4000-8000-00000000000A'),"
                        + " (2, '2024-01-01 10:00:00', '2024-01-02T10:00:00',"
                        + " 'abcdef00-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-000000000000')");
        assertThat(migration().plan().notices())
                .extracting(Notice::id)
                .filteredOn(id -> id.startsWith("forms:"))
                .containsExactlyInAnyOrder("forms:v.mixed", "forms:v.u");
        Switchover.of(migration()).switchOver();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesAlongWhatAColumnOfAnotherTypeHolds(boolean intoItsOwn) {
        onPostgres(intoItsOwn);
        execute(
                database,
                "ALTER TABLE t ALTER n TYPE integer",
                "ALTER TABLE t ALTER s TYPE varchar(20)",
                "ALTER TABLE other ALTER r TYPE numeric",
                "INSERT INTO other VALUES (2, 'y', 4.5, NULL)",
                "UPDATE t SET n = 7, s = 'wide' WHERE id = 2");
        RollBackReport report = backAccepting();
        assertThat(report.notices()).extracting(Notice::id).contains("wayback:t.n", "wayback:t.s");
        assertThat(rows(newFile(), "t", "id"))
                .containsExactly("integer:1|integer:1|text:'a'", "integer:2|integer:7|text:'wide'");
        assertThat(rows(newFile(), "other", "id"))
                .containsExactly(
                        "integer:1|text:'x'|integer:3|text:'2024-01-01 10:00:00'",
                        "integer:2|text:'y'|real:4.5|null:NULL");
    }

    /** Into tables of its own the columns are mapped by what they are now. */
    @Test
    void takesAlongAColumnOfTheAppsOwnThatHasBecomeText() {
        onPostgres(true);
        execute(database, "ALTER TABLE t ALTER n TYPE text USING n || ' apples'", "INSERT INTO t VALUES (3, '7', 'c')");
        assertThat(backAccepting().notices()).extracting(Notice::id).contains("wayback:t.n");
        assertThat(rows(newFile(), "t", "id"))
                .containsExactly(
                        "integer:1|text:'1 apples'|text:'a'",
                        "integer:2|text:'2 apples'|text:'b'",
                        "integer:3|integer:7|text:'c'");
    }

    @Test
    void namesAColumnOfATypeThatIsNotReadBack() {
        Switchover switchover = onPostgres(false);
        execute(
                database,
                "ALTER TABLE t ALTER n TYPE text USING n || ' apples'",
                "ALTER TABLE t ALTER s TYPE jsonb USING to_jsonb(s)",
                "INSERT INTO t VALUES (3, 'three', '{}')");
        assertThat(failed(Reason.NO_WAY_BACK, switchover::rehearseRollBack))
                .hasMessageContaining("wayback:t.n")
                .hasMessageContaining("wayback:t.s");
        RollBackReport report = backAccepting("wayback:t.*");
        assertThat(report.notices()).extracting(Notice::id).contains("wayback:t.n", "wayback:t.s");
        assertThat(rows(newFile(), "t", "id"))
                .containsExactly(
                        "integer:1|integer:1|text:'a'",
                        "integer:2|integer:2|text:'b'",
                        "integer:3|null:NULL|null:NULL");
        assertSameSchema(newFile(), backup());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesNewColumnsThatHoldAValueInEveryRow(boolean intoItsOwn) {
        Switchover switchover = onPostgres(intoItsOwn);
        execute(database, "ALTER TABLE t ADD tenant int NOT NULL DEFAULT 1", "INSERT INTO t(id, n) VALUES (3, 3)");
        assertThat(failed(Reason.NO_WAY_BACK, switchover::rehearseRollBack))
                .hasMessageContaining("wayback:t.tenant")
                .hasMessageContaining("3 rows have a value");
        assertThat(backAccepting("wayback:t.tenant").carried()).isEqualTo(1);
        assertThat(rows(newFile(), "t", "id")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesATableThatIsGone(boolean intoItsOwn) throws Exception {
        Switchover switchover = onPostgres(intoItsOwn);
        execute(database, "DROP TABLE other", "UPDATE t SET n = 5 WHERE id = 1");
        assertThat(failed(Reason.NO_WAY_BACK, () -> switchover.rollBack(newFile())))
                .hasMessageContaining("wayback:other")
                .hasMessageContaining("no table");
        assertThat(Files.exists(newFile())).isFalse();
        assertThat(backAccepting("wayback:other").carried()).isEqualTo(1);
        assertThat(rows(newFile(), "other", "id")).isEqualTo(rows(backup(), "other", "id"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesBothNamesOfWhatWasRenamed(boolean intoItsOwn) {
        Switchover switchover = onPostgres(intoItsOwn);
        execute(
                database,
                "ALTER TABLE t RENAME COLUMN s TO label",
                "ALTER TABLE other RENAME TO others",
                "UPDATE t SET label = 'new', n = 9 WHERE id = 1",
                "INSERT INTO others VALUES (2, 'y')");
        assertThat(failed(Reason.NO_WAY_BACK, switchover::rehearseRollBack))
                .hasMessageContaining("wayback:t.s")
                .hasMessageContaining("wayback:t.label")
                .hasMessageContaining("2 rows have a value")
                .hasMessageContaining("wayback:other:")
                .hasMessageContaining("wayback:others:");
        RollBackReport report = backAccepting("wayback:*");
        assertThat(report.validation().passed()).isTrue();
        assertThat(rows(newFile(), "t", "id"))
                .containsExactly("integer:1|integer:9|text:'a'", "integer:2|integer:2|text:'b'");
        assertThat(rows(newFile(), "other", "id")).isEqualTo(rows(backup(), "other", "id"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesTimesThatTheFileHasNoTextFor(boolean intoItsOwn) {
        Switchover switchover = onPostgres(intoItsOwn);
        execute(
                database,
                "INSERT INTO other VALUES (2, 'y', 1, '10001-01-01 00:00:00'), (3, 'z', 2, '9999-12-31 00:00:00')");
        assertThat(failed(Reason.NO_WAY_BACK, switchover::rehearseRollBack))
                .hasMessageContaining("wayback:other.at")
                .hasMessageContaining("1 value")
                .hasMessageContaining("id=2");
    }
}
