package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.SeededRows;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the schema of an app has that SQLite does not know: found before the first write where rows stand against it. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class ExistingRefusalsIT {
    @TempDir
    Path folder;

    private Migration migration(TestDatabase database, String... statements) {
        Path file = SqliteFiles.write(folder.resolve("app.db"), statements);
        return Migration.from(file).to(database.dataSource()).into(TargetSchema.existing("public"));
    }

    private static List<String> blockers(MigrationPlan plan) {
        return plan.blockers().stream()
                .map(notice -> notice.id() + " " + notice.count() + " " + notice.keys())
                .toList();
    }

    @Test
    void namesRowsThatAreHalfNullUnderMatchFull(TestDatabase database) {
        database.execute(
                "CREATE TABLE p (a integer, b integer, PRIMARY KEY (a, b))",
                "CREATE TABLE c (id integer PRIMARY KEY, a integer, b integer,"
                        + " FOREIGN KEY (a, b) REFERENCES p MATCH FULL)");
        MigrationPlan plan = migration(
                        database,
                        "CREATE TABLE p(a INT, b INT, PRIMARY KEY (a, b))",
                        "CREATE TABLE c(id INTEGER PRIMARY KEY, a INT, b INT)",
                        "INSERT INTO p VALUES (1, 1)",
                        "INSERT INTO c VALUES (1, 1, 1), (2, NULL, NULL), (3, 1, NULL), (4, 2, 2)")
                .plan();
        assertThat(blockers(plan)).containsExactly("orphans:c.a,b 1 [id=4]", "foreignkey:c.c_a_b_fkey 1 [id=3]");
    }

    @Test
    void namesRowsThatExcludeEachOther(TestDatabase database) {
        database.execute("CREATE TABLE booking (id integer PRIMARY KEY, during int4range,"
                + " CONSTRAINT apart EXCLUDE USING gist (during WITH &&))");
        Migration migration = migration(
                database,
                "CREATE TABLE booking(id INTEGER PRIMARY KEY, during TEXT)",
                "INSERT INTO booking VALUES (1, '[1,3)'), (2, '[2,5)'), (3, '[7,9)')");
        assertThat(migration.plan().blockers()).extracting(Notice::id).containsExactly("exclusion:booking.apart");
    }

    @Test
    void namesRowsWithoutAPartition(TestDatabase database) {
        database.execute(
                "CREATE TABLE log (id integer, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
                "CREATE TABLE log_23 PARTITION OF log FOR VALUES FROM ('2023-01-01') TO ('2024-01-01')"
                        + " PARTITION BY LIST (id)",
                "CREATE TABLE log_23_1 PARTITION OF log_23 FOR VALUES IN (1)");
        String[] source = {
            "CREATE TABLE log(id INTEGER PRIMARY KEY, day TEXT)",
            "INSERT INTO log VALUES (1, '2023-05-05'), (2, '2023-05-05'), (3, '2024-05-05')"
        };
        assertThat(blockers(migration(database, source).plan())).containsExactly("partition:log 2 [id=2, id=3]");
        database.execute(
                "CREATE TABLE log_23_2 PARTITION OF log_23 DEFAULT", "CREATE TABLE log_rest PARTITION OF log DEFAULT");
        Migration.from(folder.resolve("app.db"))
                .to(database.dataSource())
                .into(TargetSchema.existing("public"))
                .run();
        assertThat(database.rows("SELECT tableoid::regclass FROM log ORDER BY id"))
                .containsExactly(List.of("log_23_1"), List.of("log_23_2"), List.of("log_rest"));
    }

    @Test
    void asksNotForParentsWhoseKeyHasMisfits(TestDatabase database) {
        database.execute(
                "CREATE TABLE p (id uuid PRIMARY KEY)", "CREATE TABLE c (id integer PRIMARY KEY, p uuid REFERENCES p)");
        MigrationPlan plan = migration(
                        database,
                        "CREATE TABLE p(id TEXT PRIMARY KEY)",
                        "CREATE TABLE c(id INTEGER PRIMARY KEY, p TEXT)",
                        "INSERT INTO p VALUES ('none'), ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')",
                        "INSERT INTO c VALUES (1, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')")
                .plan();
        assertThat(plan.blockers()).extracting(Notice::id).containsExactly("misfit:p.id");
        assertThat(plan.notices()).extracting(Notice::id).contains("untried:c.c_p_fkey");
    }

    @Test
    void runsTheAppsFunctionsWithTheAppsSearchPath(TestDatabase database) {
        database.execute(
                "CREATE TABLE limits (most integer)",
                "INSERT INTO limits VALUES (10)",
                "CREATE FUNCTION within(n integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS"
                        + " $$ BEGIN RETURN n <= (SELECT max(most) FROM limits); END $$",
                "CREATE TABLE t (id integer PRIMARY KEY, n integer CHECK (within(n)),"
                        + " fits boolean GENERATED ALWAYS AS (within(n)) STORED)");
        String[] source = {"CREATE TABLE t(id INTEGER PRIMARY KEY, n INT)", "INSERT INTO t VALUES (1, 10), (2, 11)"};
        Migration migration = migration(database, source);
        assertThat(blockers(migration.plan())).containsExactly("check:t.t_n_check 1 [id=2]");
        database.execute("UPDATE limits SET most = 11");
        migration.run();
        assertThat(database.value("SELECT count(*) FROM t WHERE fits")).isEqualTo("2");
    }

    @Test
    void keepsTheRowsOfTablesThatInheritApart(TestDatabase database) {
        database.execute(
                "CREATE TABLE city (id integer PRIMARY KEY, name text)",
                "CREATE TABLE capital (country text) INHERITS (city)",
                "CREATE TABLE village () INHERITS (city)",
                "INSERT INTO city VALUES (9, 'seeded')",
                "INSERT INTO village VALUES (50, 'of the target alone')");
        String[] source = {
            "CREATE TABLE city(id INTEGER PRIMARY KEY, name TEXT)",
            "CREATE TABLE capital(id INTEGER, name TEXT, country TEXT)",
            "INSERT INTO city VALUES (1, 'Bonn'), (2, 'Lyon')",
            "INSERT INTO capital VALUES (1, 'Rome', 'IT')"
        };
        Path file = SqliteFiles.write(folder.resolve("app.db"), source);
        Migration migration = Migration.from(file)
                .to(database.dataSource())
                .into(TargetSchema.existing("public").seededRows(SeededRows.REPLACE));
        migration.run();
        assertThat(database.rows("SELECT id FROM ONLY city ORDER BY id")).containsExactly(List.of("1"), List.of("2"));
        assertThat(database.value("SELECT name FROM capital")).isEqualTo("Rome");
        assertThat(database.value("SELECT name FROM village")).isEqualTo("of the target alone");
        assertThat(migration.validate().passed()).isTrue();
    }

    @Test
    void movesASequenceThatTwoTablesDrawFromAndFindsItMovedBack(TestDatabase database) {
        database.execute(
                "CREATE SEQUENCE hibernate_sequence INCREMENT 50",
                "CREATE TABLE a (id bigint PRIMARY KEY DEFAULT nextval('hibernate_sequence'))",
                "CREATE TABLE b (id bigint PRIMARY KEY DEFAULT nextval('hibernate_sequence'))");
        Migration migration = migration(
                database,
                "CREATE TABLE a(id INTEGER PRIMARY KEY)",
                "CREATE TABLE b(id INTEGER PRIMARY KEY)",
                "INSERT INTO a VALUES (200)",
                "INSERT INTO b VALUES (7)");
        migration.run();
        assertThat(migration.validate().passed()).isTrue();
        database.execute("ALTER SEQUENCE hibernate_sequence RESTART WITH 249");
        assertThat(migration.validate().schemaFindings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.id()).isEqualTo("sequence:public.hibernate_sequence"));
    }

    /** Neither a table of another server nor a partition that is one takes part in our one transaction. */
    @Test
    void refusesForeignTablesByName(TestDatabase database) {
        Path source = SqliteFiles.write(
                folder.resolve("foreign.db"),
                "CREATE TABLE far(id INTEGER)",
                "CREATE TABLE parted(id INTEGER)",
                "INSERT INTO far VALUES (1)",
                "INSERT INTO parted VALUES (1)");
        database.execute(
                "CREATE EXTENSION postgres_fdw",
                "CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw OPTIONS (dbname 'nowhere')",
                "CREATE TABLE parted(id bigint) PARTITION BY RANGE (id)",
                "CREATE FOREIGN TABLE far(id bigint) SERVER other",
                "CREATE FOREIGN TABLE parted_far PARTITION OF parted FOR VALUES FROM (0) TO (10) SERVER other");
        Migration migration = Migration.from(source).to(database.dataSource());
        MigrationPlan plan = migration.into(TargetSchema.existing("public")).plan();
        assertThat(plan.blockers())
                .extracting(Notice::message)
                .anyMatch(message -> message.contains("far") && message.contains("foreign table"))
                .anyMatch(message -> message.contains("parted") && message.contains("foreign table"));
        assertThatThrownBy(migration.into(TargetSchema.existing("public"))::run).isInstanceOf(MigrationException.class);
        assertThatThrownBy(migration::run)
                .isInstanceOfSatisfying(
                        MigrationException.class,
                        thrown -> assertThat(thrown.reason()).isEqualTo(Reason.TARGET_NOT_EMPTY));
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow%'"))
                .isEqualTo("0");
    }
}
