package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Notice.Severity;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith({TestPostgres.class, ReadsMessages.class})
class ExistingSchemaIT {
    private static final ExistingSchema PUBLIC = TargetSchema.existing("public");

    @TempDir
    Path folder;

    private Migration migration(TestDatabase database, String... sqlite) {
        return Migration.from(SqliteFiles.write(folder.resolve("app.db"), sqlite))
                .to(database.dataSource())
                .into(PUBLIC);
    }

    private static Notice blocker(MigrationPlan plan, String id) {
        return plan.blockers().stream()
                .filter(notice -> notice.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no blocker " + id + " in " + plan));
    }

    @Test
    @DisplayName("Integers 0 and 1 become booleans where the target's column is one")
    void makesBooleansOfIntegers(TestDatabase database) {
        database.execute("CREATE TABLE t (id bigint PRIMARY KEY, a boolean, b boolean NOT NULL)");
        migration(
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, a INTEGER, b TINYINT(1) NOT NULL)",
                        "INSERT INTO t VALUES (1, 0, 1), (2, 1, 0), (3, NULL, 1)")
                .run();
        assertThat(database.rows("SELECT a, b FROM t ORDER BY id"))
                .containsExactly(List.of("f", "t"), List.of("t", "f"), Arrays.asList(null, "t"));
    }

    @Test
    @DisplayName("An integer that is no boolean is named before the first write")
    void namesIntegersThatAreNoBooleans(TestDatabase database) {
        database.execute("CREATE TABLE t (id bigint PRIMARY KEY, a boolean)");
        MigrationPlan plan = migration(
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, a INTEGER)",
                        "INSERT INTO t VALUES (1, 0), (2, 2), (3, 7)")
                .plan();
        assertThat(blocker(plan, "misfit:t.a").count()).isEqualTo(2);
    }

    @Test
    @DisplayName("Columns match by name in any order; those of the target alone keep their defaults")
    void matchesByName(TestDatabase database) {
        database.execute(
                "CREATE TABLE \"Users\" (extra text DEFAULT 'given', name text, born timestamptz DEFAULT now(),"
                        + " id integer PRIMARY KEY, twice integer GENERATED ALWAYS AS (id * 2) STORED)");
        MigrationReport report = migration(
                        database,
                        "CREATE TABLE users(id INTEGER PRIMARY KEY, NAME TEXT)",
                        "INSERT INTO users VALUES (4, 'd')")
                .run();
        assertThat(database.rows("SELECT extra, name, id, twice, born IS NOT NULL FROM \"Users\""))
                .containsExactly(List.of("given", "d", "4", "8", "t"));
        assertThat(report.notices())
                .extracting(Notice::id)
                .contains("table:users", "column:users.NAME", "column:Users.extra", "column:Users.born");
    }

    @Test
    @DisplayName("A column or table without a place stops the run until it is accepted")
    void stopsWhereDataWouldStayBehind(TestDatabase database) {
        database.execute("CREATE TABLE t (id bigint PRIMARY KEY)");
        Migration migration = migration(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, lost TEXT, empty TEXT)",
                "CREATE TABLE gone(x)",
                "CREATE TABLE bare(x)",
                "INSERT INTO t VALUES (1, 'x', NULL)",
                "INSERT INTO gone VALUES (1), (2)");
        MigrationPlan plan = migration.plan();
        assertThat(plan.blockers()).extracting(Notice::id).containsExactlyInAnyOrder("column:t.lost", "table:gone");
        assertThat(plan.notices())
                .filteredOn(notice -> notice.severity() == Severity.INFO)
                .extracting(Notice::id)
                .contains("column:t.empty", "table:bare");
        migration.accept("column:t.lost", "table:gone").run();
        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    @DisplayName("A NOT NULL column of the target alone without a default refuses every row")
    void namesColumnsThatNothingFills(TestDatabase database) {
        database.execute("CREATE TABLE t (id bigint PRIMARY KEY, must text NOT NULL)");
        MigrationPlan plan = migration(
                        database, "CREATE TABLE t(id INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)")
                .plan();
        assertThat(blocker(plan, "notnull:t.must").acceptable()).isFalse();
    }

    private static final String[] SHOP = {
        "CREATE TYPE mood AS ENUM ('sad', 'happy')",
        "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)",
        "CREATE TABLE parent (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email varchar(5) UNIQUE,"
                + " mood mood, size positive, small int2, CHECK (small < 100))",
        "CREATE TABLE child (id serial, parent_id integer NOT NULL REFERENCES parent ON DELETE CASCADE"
                + " DEFERRABLE INITIALLY DEFERRED)",
        "CREATE UNIQUE INDEX lower_email ON parent (lower(email))",
        "COMMENT ON CONSTRAINT child_parent_id_fkey ON child IS 'kept'",
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'fired'; END $$",
        "CREATE TRIGGER a_on BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION refuse()",
        "CREATE TRIGGER b_off BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION refuse()",
        "CREATE TRIGGER c_always BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION refuse()",
        "ALTER TABLE child DISABLE TRIGGER b_off",
        "ALTER TABLE child ENABLE ALWAYS TRIGGER c_always",
        "CREATE RULE nothing AS ON UPDATE TO child DO INSTEAD NOTHING"
    };

    private static final String[] SHOP_SOURCE = {
        "CREATE TABLE parent(id INTEGER PRIMARY KEY, email TEXT, mood TEXT, size INT, small INT)",
        "CREATE TABLE child(id INTEGER PRIMARY KEY AUTOINCREMENT, parent_id INT)",
        "INSERT INTO parent VALUES (1, 'a', 'sad', 1, 2), (7, 'b', 'happy', 2, 99), (8, NULL, NULL, NULL, NULL)",
        "INSERT INTO child VALUES (1, 7), (2, 1), (40, 8)",
        "DELETE FROM child WHERE id = 40"
    };

    @Test
    void leavesTheCatalogAsItWas(TestDatabase database) {
        database.execute(SHOP);
        List<String> before = TargetFacts.of(database);
        migration(database, SHOP_SOURCE).run();
        assertThat(TargetFacts.of(database)).isEqualTo(before);
        assertThat(database.value("SELECT count(*) FROM child")).isEqualTo("2");
        assertThat(TargetFacts.next(database, "parent", "id")).isEqualTo(9);
        assertThat(TargetFacts.next(database, "child", "id")).isEqualTo(41);
    }

    @Test
    void needsNoMoreThanTheOwnersRights(TestDatabase database) throws Exception {
        PGSimpleDataSource owner = database.newRole("");
        database.execute(
                "GRANT CREATE ON DATABASE " + database.name() + " TO " + owner.getUser(),
                "GRANT CREATE ON SCHEMA public TO " + owner.getUser());
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : SHOP) {
                statement.execute(sql);
            }
        }
        Path file = SqliteFiles.write(folder.resolve("app.db"), SHOP_SOURCE);
        Migration.from(file).to(owner).into(PUBLIC).run();
        assertThat(database.value("SELECT count(*) FROM parent")).isEqualTo("3");
    }

    @Test
    void namesAllThatTheTargetRefusesAtOnce(TestDatabase database) {
        database.execute(SHOP);
        MigrationPlan plan = migration(
                        database,
                        "CREATE TABLE parent(id INTEGER PRIMARY KEY, email TEXT, mood TEXT, size INT, small INT)",
                        "CREATE TABLE child(id INTEGER PRIMARY KEY, parent_id INT)",
                        "INSERT INTO parent VALUES (1, 'a', 'sad', -1, 2), (2, 'A', 'sad', 0, 100), (3, 'a', NULL, 1, 1)",
                        "INSERT INTO child VALUES (1, 1), (2, NULL), (3, 77), (4, 78)")
                .plan();
        assertThat(blocker(plan, "misfit:child.parent_id").count()).isEqualTo(1);
        assertThat(blocker(plan, "orphans:child.parent_id").count()).isEqualTo(2);
        assertThat(blocker(plan, "orphans:child.parent_id").keys()).containsExactly("id=3", "id=4");
        assertThat(blocker(plan, "unique:parent.parent_email_key").count()).isEqualTo(2);
        assertThat(blocker(plan, "unique:parent.lower_email").count()).isEqualTo(3);
        assertThat(blocker(plan, "check:parent.parent_small_check").keys()).containsExactly("id=2");
        assertThat(blocker(plan, "check:parent.public.positive").count()).isEqualTo(2);
    }

    @Test
    void namesLabelsThatAnEnumDoesNotHave(TestDatabase database) {
        database.execute(SHOP);
        MigrationPlan plan = migration(
                        database,
                        "CREATE TABLE parent(id INTEGER PRIMARY KEY, email TEXT, mood TEXT, size INT, small INT)",
                        "INSERT INTO parent VALUES (1, 'a', 'sad', 1, 2), (2, 'b', 'angry', 1, 102), (3, 'b', 'sad', 1, 103)")
                .plan();
        assertThat(blocker(plan, "misfit:parent.mood").keys()).containsExactly("id=2");
        assertThat(plan.toString()).doesNotContain("angry");
        assertThat(blocker(plan, "unique:parent.parent_email_key").count()).isEqualTo(2);
        assertThat(blocker(plan, "check:parent.parent_small_check").keys())
                .as("of the rows in which every value fits")
                .containsExactly("id=3");
    }

    @Test
    void namesTextThatIsTooLongAndIntegersOutOfRange(TestDatabase database) {
        database.execute(SHOP);
        MigrationPlan plan = migration(
                        database,
                        "CREATE TABLE parent(id INTEGER PRIMARY KEY, email TEXT, mood TEXT, size INT, small INT)",
                        "INSERT INTO parent VALUES (1, 'sixsix', 'sad', 3000000000, 40000)")
                .plan();
        assertThat(plan.blockers())
                .extracting(Notice::id)
                .containsExactlyInAnyOrder("misfit:parent.email", "misfit:parent.size", "misfit:parent.small");
    }

    @Test
    void leavesNothingWhereACheckFails(TestDatabase database) {
        database.execute(SHOP);
        database.execute("INSERT INTO parent (email) VALUES ('z')", "DELETE FROM parent");
        List<String> before = TargetFacts.of(database);
        Migration migration = migration(database, SHOP_SOURCE).check("fails", databases -> {
            throw new AssertionError("no");
        });
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migration::run)
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.VALIDATION_FAILED));
        unchanged(database, before);
    }

    @Test
    void leavesNothingWhereTheConnectionIsCut(TestDatabase database) {
        database.execute(SHOP);
        database.execute("INSERT INTO parent (email) VALUES ('z')", "DELETE FROM parent");
        List<String> before = TargetFacts.of(database);
        Migration migration = migration(database, SHOP_SOURCE)
                .check(
                        "cuts",
                        databases -> database.execute(
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'outgrow'"
                                        + " AND datname = current_database()"));
        assertThatExceptionOfType(MigrationException.class).isThrownBy(migration::run);
        unchanged(database, before);
    }

    /** The identity column gave 1 to a row that is gone. */
    private static void unchanged(TestDatabase database, List<String> before) {
        assertThat(TargetFacts.of(database)).isEqualTo(before);
        assertThat(database.value("SELECT count(*) FROM parent")).isEqualTo("0");
        assertThat(database.value("SELECT count(*) FROM child")).isEqualTo("0");
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'outgrow'"))
                .isEqualTo("0");
        assertThat(TargetFacts.next(database, "parent", "id")).isEqualTo(2);
        assertThat(TargetFacts.next(database, "child", "id")).isEqualTo(1);
    }

    @Test
    void returnsTheRecordedReportTheSecondTime(TestDatabase database) {
        database.execute(SHOP);
        Migration migration = migration(database, SHOP_SOURCE);
        MigrationReport first = migration.run();
        assertThat(migration.run().rows()).isEqualTo(first.rows()).isEqualTo(5);
        assertThat(migration.validate().passed()).isTrue();
    }

    @Test
    void hasTheAppsMigrationsMakeTheTables(TestDatabase database) {
        Migration migration = migration(database, SHOP_SOURCE).into(PUBLIC.preparedBy(dataSource -> {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                for (String sql : SHOP) {
                    statement.execute(sql);
                }
            }
        }));
        migration.run();
        assertThat(database.value("SELECT count(*) FROM parent")).isEqualTo("3");
        migration.run();
    }

    @Test
    void saysThatTheAppsMigrationsFailed(TestDatabase database) {
        Migration migration = migration(database, SHOP_SOURCE).into(PUBLIC.preparedBy(dataSource -> {
            throw new IOException("no");
        }));
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migration::run)
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.PREPARATION_FAILED))
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void asksForTablesWhereThereAreNone(TestDatabase database) {
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migration(database, SHOP_SOURCE)::run)
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.TARGET_EMPTY));
    }

    @Test
    void movesSequencesThatOnlyADefaultNames(TestDatabase database) {
        database.execute(
                "CREATE SEQUENCE free START 5 INCREMENT 50",
                "CREATE SEQUENCE by_text",
                "CREATE TABLE a (id integer PRIMARY KEY DEFAULT nextval('free'))",
                "CREATE TABLE b (id integer PRIMARY KEY DEFAULT nextval(('by_text'::text)::regclass))");
        migration(
                        database,
                        "CREATE TABLE a(id INTEGER PRIMARY KEY)",
                        "CREATE TABLE b(id INTEGER PRIMARY KEY)",
                        "INSERT INTO a VALUES (100)",
                        "INSERT INTO b VALUES (3)")
                .run();
        assertThat(database.value("SELECT nextval('free')")).isEqualTo("150");
        assertThat(database.value("SELECT nextval('by_text')")).isEqualTo("4");
    }

    @Test
    void loadsPartitionedTables(TestDatabase database) {
        database.execute(
                "CREATE TABLE p (id integer, day date) PARTITION BY RANGE (id)",
                "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20)");
        migration(
                        database,
                        "CREATE TABLE p(id INT, day TEXT)",
                        "INSERT INTO p VALUES (1, '2024-02-29'), (11, '1999-12-31')")
                .run();
        assertThat(database.rows("SELECT day FROM p1 UNION ALL SELECT day FROM p2"))
                .containsExactly(List.of("2024-02-29"), List.of("1999-12-31"));
    }
}
