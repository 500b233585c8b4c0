package dev.outgrow;

import static dev.outgrow.RollBackCase.assertSameSchema;
import static dev.outgrow.RollBackCase.execute;
import static dev.outgrow.RollBackCase.rows;
import static dev.outgrow.RollBackCase.values;
import static dev.outgrow.SwitchoverCase.failed;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.outgrow.exception.Reason;
import dev.outgrow.option.OrphanPolicy;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.option.WayBack;
import dev.outgrow.plan.Notice;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.RollBackReport;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.TypeRules;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way back from the application's own tables. */
@ExtendWith(TestPostgres.class)
class RollBackExistingIT extends RollBackFolder {
    @Test
    void comesBackFromTablesThatAreNotAlike() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE old_users(id INTEGER PRIMARY KEY, is_admin BOOLEAN, created DATETIME, state TEXT, cache TEXT,"
                        + " kind TEXT)",
                "CREATE TABLE scratch(x)",
                "CREATE TABLE tuple(store TEXT, n INT)",
                "INSERT INTO old_users VALUES (1, 1, '2024-01-01T10:00:00Z', NULL, 'c1', 'a'),"
                        + " (2, 0, '2024-01-02T10:00:00Z', 'on', 'c2', 'b'), (3, 0, '2024-01-03T10:00:00Z', NULL, 'c3', 'b')",
                "INSERT INTO scratch VALUES (1)",
                "INSERT INTO tuple VALUES ('m', 1), ('m', 2)");
        execute(
                database,
                "CREATE TYPE kind AS ENUM ('a', 'b', 'c')",
                "CREATE TABLE users(id bigint PRIMARY KEY, admin boolean, created timestamptz, state text DEFAULT 'new', kind kind,"
                        + " extra text)",
                "CREATE TABLE tuple(store text, n bigint, label text)");
        Migration migration = Migration.from(file())
                .to(database.dataSource())
                .typeRules(TypeRules.standard().everyColumn().naiveTimesIn(ZoneOffset.UTC))
                .into(TargetSchema.existing("public")
                        .rename("old_users", "users")
                        .column("old_users", "is_admin")
                        .into("admin")
                        .leaveBehind("scratch", "old_users.cache")
                        .defaultForNull("users", "state")
                        .table("tuple")
                        .from("SELECT *, store || n AS label FROM tuple"));
        failed(Reason.PLAN_BLOCKED, () -> Switchover.of(migration).switchOver());
        Switchover switchover = Switchover.of(migration).wayBack(WayBack.NOT_NEEDED);
        switchover.switchOver();
        assertThat(switchover.rehearseRollBack().carried()).isZero();
        execute(
                database,
                "UPDATE users SET admin = true, kind = 'c' WHERE id = 2",
                "UPDATE users SET state = 'left' WHERE id = 3",
                "INSERT INTO users VALUES (4, false, '2025-01-01 00:00:00+00', 'x', 'a', 'more')");
        RollBackReport report = switchover.rollBack(newFile());
        assertThat(report.validation().passed()).isTrue();
        assertThat(report.notices())
                .filteredOn(notice -> notice.id().equals("wayback:old_users.extra"))
                .extracting(Notice::message)
                .singleElement(as(STRING))
                .contains("1 row has a value");
        assertThat(rows(newFile(), "old_users", "id"))
                .containsExactly(
                        "integer:1|integer:1|text:'2024-01-01T10:00:00Z'|null:NULL|text:'c1'|text:'a'",
                        "integer:2|integer:1|text:'2024-01-02T10:00:00Z'|text:'on'|text:'c2'|text:'c'",
                        "integer:3|integer:0|text:'2024-01-03T10:00:00Z'|text:'left'|text:'c3'|text:'b'",
                        "integer:4|integer:0|text:'2025-01-01T00:00:00Z'|text:'x'|null:NULL|text:'a'");
        assertThat(rows(newFile(), "tuple", "n")).isEqualTo(rows(backup(), "tuple", "n"));
        assertThat(rows(newFile(), "scratch", "x")).hasSize(1);
        assertSameSchema(newFile(), backup());
    }

    @Test
    void refusesValuesThatSqliteComputesOtherwiseByTheirKeys() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER, twice INTEGER AS (n * 2) STORED)",
                "INSERT INTO t(id, n) VALUES (1, 4), (2, 5)");
        execute(database, "CREATE TABLE t(id bigint PRIMARY KEY, n bigint, twice bigint)");
        Switchover switchover =
                Switchover.of(Migration.from(file()).to(database.dataSource()).into(TargetSchema.existing("public")));
        switchover.switchOver();
        execute(database, "UPDATE t SET twice = 9 WHERE id = 2", "INSERT INTO t VALUES (3, 1, 1)");
        assertThat(failed(Reason.NO_WAY_BACK, () -> switchover.rollBack(newFile())))
                .hasMessageContaining("wayback:t.twice: 2 rows have another value")
                .hasMessageContaining("(id=2; id=3)");
        execute(database, "UPDATE t SET n = 5, twice = 10 WHERE id > 1");
        switchover.rollBack(newFile());
        assertThat(rows(newFile(), "t", "id"))
                .containsExactly(
                        "integer:1|integer:4|integer:8",
                        "integer:2|integer:5|integer:10",
                        "integer:3|integer:5|integer:10");
    }

    /** As migrations leave it that rename a table or give its keys a sequence for several tables. */
    @Test
    void countsOnBehindTheSequenceFromWhichTheDefaultDraws() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER)",
                "INSERT INTO t(n) VALUES (4)");
        execute(
                database,
                "CREATE TABLE t(id serial PRIMARY KEY, n bigint)",
                "CREATE SEQUENCE \"Shared\"",
                "ALTER TABLE t ALTER id SET DEFAULT nextval('\"Shared\"')");
        Switchover switchover =
                Switchover.of(Migration.from(file()).to(database.dataSource()).into(TargetSchema.existing("public")));
        switchover.switchOver();
        execute(
                database,
                "SELECT nextval('\"Shared\"') FROM generate_series(1, 40)",
                "INSERT INTO t(n) VALUES (5)",
                "DELETE FROM t WHERE n = 5");
        switchover.rollBack(newFile());
        assertThat(values(newFile(), "SELECT seq FROM sqlite_sequence")).containsExactly("42");
    }

    /** As Spring Batch has them: a table of one row and one column here, a sequence there. */
    @Test
    void countsOnWhereTheSequencesOfSpringBatchStood() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE BATCH_JOB_INSTANCE(JOB_INSTANCE_ID INTEGER PRIMARY KEY, JOB_NAME VARCHAR(100))",
                "CREATE TABLE BATCH_JOB_INSTANCE_SEQ(ID INTEGER PRIMARY KEY AUTOINCREMENT)",
                "CREATE TABLE BATCH_STEP_EXECUTION_SEQ(ID INTEGER PRIMARY KEY AUTOINCREMENT)",
                "INSERT INTO BATCH_JOB_INSTANCE VALUES (7, 'import')",
                "INSERT INTO BATCH_JOB_INSTANCE_SEQ VALUES (7)",
                "INSERT INTO BATCH_STEP_EXECUTION_SEQ VALUES (3)",
                "DELETE FROM BATCH_STEP_EXECUTION_SEQ");
        execute(
                database,
                "CREATE TABLE batch_job_instance(job_instance_id bigint PRIMARY KEY, job_name varchar(100))",
                "CREATE SEQUENCE batch_job_instance_seq",
                "CREATE SEQUENCE batch_step_execution_seq");
        Switchover switchover =
                Switchover.of(Migration.from(file()).to(database.dataSource()).into(TargetSchema.existing("public")));
        switchover.switchOver();
        execute(
                database,
                "INSERT INTO batch_job_instance VALUES (nextval('batch_job_instance_seq'), 'export')",
                "SELECT nextval('batch_job_instance_seq')");
        switchover.rollBack(newFile());
        assertThat(rows(newFile(), "BATCH_JOB_INSTANCE", "1"))
                .containsExactly("integer:7|text:'import'", "integer:8|text:'export'");
        assertThat(rows(newFile(), "BATCH_JOB_INSTANCE_SEQ", "1")).containsExactly("integer:9");
        assertThat(rows(newFile(), "sqlite_sequence", "name")).contains("text:'BATCH_JOB_INSTANCE_SEQ'|integer:9");
    }

    @Test
    void bringsArraysOfSeveralDimensionsBackAsTheAppWroteThem() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, grid TEXT, names JSON)",
                "INSERT INTO t VALUES (1, '{{1,2},{3,4}}', '[[\"a\"],[\"b c\"]]'), (2, '{}', '[]')");
        execute(database, "CREATE TABLE t(id bigint PRIMARY KEY, grid integer[], names text[])");
        Switchover switchover =
                Switchover.of(Migration.from(file()).to(database.dataSource()).into(TargetSchema.existing("public")));
        switchover.switchOver();
        execute(
                database,
                "UPDATE t SET grid[2][2] = 5 WHERE id = 1",
                "INSERT INTO t VALUES (3, '{{{7,NULL}}}', '{{\"[\",NULL}}')");
        assertThat(switchover.rollBack(newFile()).validation().passed()).isTrue();
        assertThat(rows(newFile(), "t", "id"))
                .containsExactly(
                        "integer:1|text:'{{1,2},{3,5}}'|text:'[[\"a\"],[\"b c\"]]'",
                        "integer:2|text:'{}'|text:'[]'",
                        "integer:3|text:'{{{7,NULL}}}'|text:'[[\"[\",null]]'");
    }

    @Test
    void writesNewArraysAndTimesOfDayAsTheAppWroteTheOthers() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, flags JSON, at JSON, opens TEXT)",
                "INSERT INTO t VALUES (1, '[true,false]', '[\"2024-01-02T03:04:05Z\"]', '08:00:00+02:00')");
        execute(database, "CREATE TABLE t(id bigint PRIMARY KEY, flags boolean[], at timestamptz[], opens timetz)");
        Switchover switchover =
                Switchover.of(Migration.from(file()).to(database.dataSource()).into(TargetSchema.existing("public")));
        switchover.switchOver();
        execute(database, "INSERT INTO t VALUES (2, '{f,NULL}', '{2025-06-01 12:00:00+02}', '09:00-05')");
        assertThat(switchover.rollBack(newFile()).validation().passed()).isTrue();
        assertThat(rows(newFile(), "t", "id"))
                .containsExactly(
                        "integer:1|text:'[true,false]'|text:'[\"2024-01-02T03:04:05Z\"]'|text:'08:00:00+02:00'",
                        "integer:2|text:'[false,null]'|text:'[\"2025-06-01T10:00:00Z\"]'|text:'09:00:00-05:00'");
    }

    @Test
    void namesTheRowsOfAQueryThatHaveChanged() {
        SqliteFiles.write(
                file(), "CREATE TABLE tuple(id INTEGER PRIMARY KEY, n INT)", "INSERT INTO tuple VALUES (1, 1), (2, 2)");
        execute(database, "CREATE TABLE tuple(id bigint PRIMARY KEY, n bigint, label text)");
        Switchover switchover = Switchover.of(Migration.from(file())
                        .to(database.dataSource())
                        .into(TargetSchema.existing("public")
                                .table("tuple")
                                .from("SELECT *, 'l' || n AS label FROM tuple")))
                .wayBack(WayBack.NOT_NEEDED);
        switchover.switchOver();
        execute(database, "UPDATE tuple SET n = 7 WHERE id = 1");
        assertThat(failed(Reason.NO_WAY_BACK, () -> switchover.rollBack(newFile())))
                .hasMessageContaining("wayback:tuple")
                .hasMessageContaining("1 changed");
    }

    @Test
    void leavesOrphansAsTheyWereInTheFile() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE parent(id INTEGER PRIMARY KEY)",
                "CREATE TABLE child(id INTEGER PRIMARY KEY, p INT REFERENCES parent(id), note TEXT)",
                "CREATE TABLE aside(id INTEGER PRIMARY KEY, p INT NOT NULL REFERENCES parent(id))",
                "INSERT INTO parent VALUES (1)",
                "INSERT INTO child VALUES (1, 1, 'a'), (2, 99, 'b'), (3, 99, 'c')",
                "INSERT INTO aside VALUES (1, 1), (2, 77)");
        Switchover switchover = Switchover.of(Migration.from(file())
                .to(database.dataSource())
                .accept("*")
                .orphans(OrphanPolicy.SET_NULL, "child.p")
                .orphans(OrphanPolicy.SET_ASIDE, "aside.p"));
        switchover.switchOver();
        execute(database, "UPDATE child SET note = 'new' WHERE id = 3", "INSERT INTO aside VALUES (5, 1)");
        switchover.rollBack(newFile());
        assertThat(rows(newFile(), "child", "id"))
                .containsExactly(
                        "integer:1|integer:1|text:'a'",
                        "integer:2|integer:99|text:'b'",
                        "integer:3|integer:99|text:'new'");
        assertThat(rows(newFile(), "aside", "id"))
                .containsExactly("integer:1|integer:1", "integer:2|integer:77", "integer:5|integer:1");
    }

    @Test
    void keepsWritersOutAndNamesThoseThatDoNotEnd() throws Exception {
        SqliteFiles.write(file(), "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT)", "INSERT INTO t VALUES (1, 1)");
        Switchover switchover = Switchover.of(Migration.from(file()).to(database.dataSource()));
        switchover.switchOver();
        try (Connection writer = database.dataSource().getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("SET application_name = 'the worker'");
            statement.execute("UPDATE t SET n = 2");
            assertThat(failed(
                            Reason.TARGET_BUSY,
                            () -> switchover
                                    .freezeTimeout(Duration.ofMillis(200))
                                    .rollBack(newFile())))
                    .hasMessageContaining("the worker");
            assertThat(switchover.rehearseRollBack().carried()).isZero();
            assertThat(switchover.active()).isEqualTo(ActiveDatabase.POSTGRES);
            writer.commit();
        }
        assertThat(switchover.rollBack(newFile()).carried()).isEqualTo(1);
    }
}
