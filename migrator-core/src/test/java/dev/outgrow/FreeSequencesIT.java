package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.SeededRows;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Notice.Severity;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sequences that no default of a column names do not give out keys that the rows have, or the plan says that they may. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class FreeSequencesIT {
    private static final String TABLES = "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);"
            + "CREATE TABLE u(id INTEGER PRIMARY KEY, v TEXT);"
            + "INSERT INTO t VALUES (60, 'a'); INSERT INTO t VALUES (70, 'b'); DELETE FROM t WHERE id = 70;"
            + "INSERT INTO u VALUES (7, 'a');";

    @TempDir
    Path folder;

    private Migration migration(TestDatabase database) {
        return Migration.from(SqliteFiles.write(folder.resolve("app.db"), TABLES))
                .to(database.dataSource())
                .into(TargetSchema.existing("public"));
    }

    private static List<String> told(Migration migration, Severity severity) {
        return migration.plan().notices().stream()
                .filter(notice -> notice.severity() == severity)
                .map(Notice::id)
                .toList();
    }

    @Test
    void goOnBehindTheKeysOfTheTableThatTheyAreNamedAfter(TestDatabase database) {
        database.execute(
                "CREATE SEQUENCE t_seq INCREMENT BY 50",
                "CREATE SEQUENCE \"U_id_Seq\"",
                "CREATE TABLE t (id bigint PRIMARY KEY, v text)",
                "CREATE TABLE u (id integer PRIMARY KEY, v text)");
        Migration migration = migration(database);
        assertThat(told(migration, Severity.INFO)).containsExactlyInAnyOrder("sequence:t_seq", "sequence:U_id_Seq");
        migration.run();
        assertThat(database.value("SELECT nextval('t_seq')")).isEqualTo("120");
        assertThat(database.value("SELECT nextval('\"U_id_Seq\"')")).isEqualTo("8");
        assertThat(migration.validate().passed()).isTrue();
    }

    /** Apache Cayenne draws blocks of twenty keys from a sequence for each table. */
    @Test
    void ofCayenneGoOnBehindTheKeysOfTheirTable(TestDatabase database) {
        database.execute(
                "CREATE SEQUENCE pk_t INCREMENT 20",
                "CREATE TABLE t (id bigint PRIMARY KEY, v text)",
                "CREATE TABLE u (id integer PRIMARY KEY, v text)");
        Migration migration = migration(database);
        assertThat(told(migration, Severity.INFO)).containsExactly("sequence:pk_t");
        migration.run();
        assertThat(Long.parseLong(database.value("SELECT nextval('pk_t')")))
                .isGreaterThan(Long.parseLong(database.value("SELECT max(id) FROM t")));
    }

    @Test
    void goOnBehindTheKeysThatATriggerOrAFunctionFillsFromThem(TestDatabase database) {
        database.execute(
                "CREATE SEQUENCE first",
                "CREATE SEQUENCE second",
                "CREATE FUNCTION next_id() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN nextval('public.first'); END $$",
                "CREATE TABLE t (id bigint PRIMARY KEY DEFAULT next_id(), v text)",
                "CREATE TABLE u (id integer PRIMARY KEY, v text)",
                "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN IF new.id IS NULL THEN new.id := nextval('public.second'); END IF; RETURN new; END $$",
                "CREATE TRIGGER fills BEFORE INSERT ON u FOR EACH ROW EXECUTE FUNCTION fill()");
        migration(database).run();
        database.execute("INSERT INTO t (v) VALUES ('new')", "INSERT INTO u (v) VALUES ('new')");
        assertThat(database.value("SELECT max(id) FROM t")).isEqualTo("71");
        assertThat(database.value("SELECT max(id) FROM u")).isEqualTo("8");
    }

    /** As migrations leave it that rename a table or give its keys a sequence for several tables. */
    @Test
    void thatADefaultNamesGoOnAlsoIfTheColumnStillOwnsAnother(TestDatabase database) {
        database.execute(
                "CREATE TABLE t (id serial PRIMARY KEY, v text)",
                "CREATE SEQUENCE renamed OWNED BY t.id",
                "ALTER TABLE t ALTER id SET DEFAULT nextval('renamed')",
                "CREATE TABLE u (id serial PRIMARY KEY, v text)",
                "CREATE SEQUENCE shared",
                "ALTER TABLE u ALTER id SET DEFAULT nextval('shared')");
        Migration migration = migration(database);
        assertThat(told(migration, Severity.WARNING)).isEmpty();
        migration.run();
        database.execute("INSERT INTO t (v) VALUES ('new')", "INSERT INTO u (v) VALUES ('new')");
        assertThat(database.value("SELECT max(id) FROM t")).isEqualTo("71");
        assertThat(database.value("SELECT max(id) FROM u")).isEqualTo("8");
    }

    @Test
    void ofHibernateForAllTablesGoesOnBehindAllKeys(TestDatabase database) {
        database.execute(
                "CREATE SEQUENCE hibernate_sequence",
                "CREATE TABLE t (id bigint PRIMARY KEY, v text)",
                "INSERT INTO t VALUES (900, 'seeded')",
                "CREATE TABLE u (id integer PRIMARY KEY, v text)");
        migration(database)
                .into(TargetSchema.existing("public").seededRows("t", SeededRows.KEEP))
                .run();
        assertThat(database.value("SELECT nextval('hibernate_sequence')")).isEqualTo("901");
    }

    @Test
    void thatNothingTellsStayWhereTheyAreAndAreNamed(TestDatabase database) {
        database.execute(
                "CREATE SEQUENCE mystery START 3",
                "CREATE SEQUENCE u_seq AS smallint MAXVALUE 5",
                "CREATE SEQUENCE numbers",
                "CREATE SEQUENCE snow",
                "CREATE FUNCTION snowflake() RETURNS bigint LANGUAGE sql AS $$ SELECT (1 << 20) | nextval('public.snow') $$",
                "CREATE TABLE t (id bigint PRIMARY KEY DEFAULT snowflake(), v text DEFAULT 'INV-' || nextval('numbers'))",
                "CREATE TABLE u (id integer PRIMARY KEY, v text)");
        Migration migration = migration(database);
        assertThat(told(migration, Severity.WARNING))
                .containsExactlyInAnyOrder("sequence:mystery", "sequence:u_seq", "sequence:numbers", "sequence:snow");
        migration.run();
        assertThat(database.value("SELECT nextval('mystery')")).isEqualTo("3");
        assertThat(database.value("SELECT nextval('u_seq')")).isEqualTo("1");
    }

    @Test
    void ofATableThatIsCalledSeqGoOn(TestDatabase database) {
        database.execute("CREATE SEQUENCE seq_seq", "CREATE TABLE seq (id bigint PRIMARY KEY)");
        Migration.from(SqliteFiles.write(
                        folder.resolve("seq.db"),
                        "CREATE TABLE seq(id INTEGER PRIMARY KEY)",
                        "INSERT INTO seq VALUES (4)"))
                .to(database.dataSource())
                .into(TargetSchema.existing("public"))
                .run();
        assertThat(database.value("SELECT nextval('seq_seq')")).isEqualTo("5");
    }

    @Test
    void standBehindTheirEndIfTheGreatestValueIsTaken(TestDatabase database) {
        database.execute(
                "CREATE TABLE t (id bigserial PRIMARY KEY, v text)",
                "CREATE TABLE u (id serial PRIMARY KEY, v text)",
                "CREATE TABLE w (k text, id bigint GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (k, id))");
        Migration migration = Migration.from(SqliteFiles.write(
                        folder.resolve("full.db"),
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
                        "CREATE TABLE u(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT)",
                        "CREATE TABLE w(k TEXT, id BIGINT NOT NULL, PRIMARY KEY(k, id))",
                        "INSERT INTO t VALUES (9223372036854775807, 'a')",
                        "INSERT INTO u VALUES (2147483647, 'a')",
                        "INSERT INTO w VALUES ('k', 9223372036854775807), ('k', 1)"))
                .to(database.dataSource())
                .into(TargetSchema.existing("public"));
        assertThat(told(migration, Severity.WARNING))
                .containsExactlyInAnyOrder("sequence:t.id", "sequence:u.id", "sequence:w.id");
        migration.run();
        assertThat(migration.validate().passed()).isTrue();
        assertThatThrownBy(() -> database.execute("INSERT INTO t (v) VALUES ('b')"))
                .hasStackTraceContaining("reached maximum value");
        database.execute("ALTER SEQUENCE t_id_seq RESTART WITH 9223372036854775807");
        assertThat(migration.validate().toString()).contains("it gives its last value once more");
    }
}
