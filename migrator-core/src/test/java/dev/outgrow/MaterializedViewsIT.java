package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Materialized views of the app's own schema show what its tables hold after a run, and not what they held before. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class MaterializedViewsIT {
    @TempDir
    Path folder;

    private Migration migration(TestDatabase database) {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER)",
                "CREATE TABLE parted(id INTEGER PRIMARY KEY)",
                "INSERT INTO t VALUES (1, 5), (2, 0)",
                "INSERT INTO parted VALUES (1), (2), (3)");
        return Migration.from(file).to(database.dataSource()).into(TargetSchema.existing("public"));
    }

    private static void tables(TestDatabase database) {
        database.execute(
                "CREATE TABLE t (id bigint PRIMARY KEY, n int)",
                "CREATE TABLE parted (id bigint PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (100)",
                "CREATE FUNCTION twice(n bigint) RETURNS bigint LANGUAGE plpgsql AS"
                        + " $$ BEGIN RETURN 2 * (SELECT count(*) FROM public.t) * n / n; END $$");
    }

    @Test
    void areComputedAgain(TestDatabase database) {
        tables(database);
        database.execute(
                "CREATE SCHEMA reports",
                "CREATE MATERIALIZED VIEW z AS SELECT count(*) AS c FROM t",
                "CREATE VIEW between AS SELECT c + 1 AS c FROM z",
                "CREATE MATERIALIZED VIEW reports.\"a first\" AS SELECT c, twice(c) AS t FROM between",
                "CREATE MATERIALIZED VIEW of_a_part AS SELECT count(*) AS c FROM part",
                "CREATE MATERIALIZED VIEW never AS SELECT count(*) AS c FROM t WITH NO DATA",
                "CREATE MATERIALIZED VIEW other AS SELECT clock_timestamp() AS made",
                "CREATE UNIQUE INDEX one ON z (c)");
        String made = database.value("SELECT made FROM other");
        migration(database).run();
        assertThat(database.value("SELECT c FROM z")).isEqualTo("2");
        assertThat(database.rows("SELECT c, t FROM reports.\"a first\"")).containsExactly(List.of("3", "4"));
        assertThat(database.value("SELECT c FROM of_a_part")).isEqualTo("3");
        assertThat(database.value("SELECT relispopulated FROM pg_class WHERE relname = 'never'"))
                .isEqualTo("f");
        assertThat(database.value("SELECT made FROM other")).isEqualTo(made);
    }

    @Test
    void areAsTheyWereAfterARehearsal(TestDatabase database) {
        tables(database);
        database.execute("CREATE MATERIALIZED VIEW z AS SELECT count(*) AS c FROM t");
        assertThat(migration(database).rehearse().report().tables()).hasSize(2);
        assertThat(database.value("SELECT c FROM z")).isEqualTo("0");
    }

    @Test
    void thatCannotBeComputedFromTheRowsAreNamedAndNothingArrives(TestDatabase database) {
        tables(database);
        database.execute("CREATE MATERIALIZED VIEW z AS SELECT 10 / n AS c FROM t");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migration(database)::run)
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.VALUE_REFUSED))
                .withMessageContaining("materialized view public.z")
                .withMessageContaining("WITH NO DATA");
        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void ofAnotherRoleAreLeftToIt(TestDatabase database) {
        PGSimpleDataSource owner = database.newRole("");
        String role = owner.getUser();
        tables(database);
        database.execute(
                "GRANT CREATE ON DATABASE " + database.name() + " TO " + role,
                "GRANT USAGE, CREATE ON SCHEMA public TO " + role,
                "ALTER TABLE t OWNER TO " + role,
                "ALTER TABLE parted OWNER TO " + role,
                "ALTER TABLE part OWNER TO " + role,
                "CREATE MATERIALIZED VIEW z AS SELECT count(*) AS c FROM t");
        Migration migration = migration(database).to(owner);
        assertThat(migration.plan().notices()).extracting(Notice::id).containsExactly("matview:public.z");
        migration.run();
        assertThat(database.value("SELECT c FROM z")).isEqualTo("0");
    }
}
