package dev.outgrow.validate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.validate.Difference;
import dev.outgrow.validate.TableComparison;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large tables, compared in ranges on several connections. */
class SplitTablesIT {
    private static final int ROWS = 400_000;

    private DamagedTarget target;

    @BeforeEach
    void copies(@TempDir Path folder) throws SQLException {
        target = DamagedTarget.of(
                folder.resolve("large.db"),
                new String[] {
                    "CREATE TABLE even(id INTEGER PRIMARY KEY, n INTEGER)",
                    "CREATE TABLE sparse(id INTEGER PRIMARY KEY, n INTEGER)",
                    "CREATE TABLE heap(n INTEGER)",
                    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < " + ROWS + ")"
                            + " INSERT INTO even SELECT x, x % 100 FROM c",
                    "INSERT INTO sparse SELECT id * id, n FROM even",
                    "INSERT INTO sparse VALUES (-9223372036854775808, 1), (9223372036854775807, 2)",
                    "INSERT INTO heap SELECT n FROM even"
                },
                new String[] {
                    "CREATE TABLE even AS SELECT x::bigint AS id, (x % 100)::bigint AS n FROM generate_series(1, "
                            + ROWS + ") x",
                    "CREATE TABLE sparse AS SELECT id * id AS id, n FROM even",
                    "INSERT INTO sparse VALUES (-9223372036854775808, 1), (9223372036854775807, 2)",
                    "CREATE TABLE heap AS SELECT n FROM even",
                    "ALTER TABLE even ADD PRIMARY KEY (id)",
                    "ALTER TABLE sparse ADD PRIMARY KEY (id)"
                });
    }

    @AfterEach
    void closes() throws SQLException {
        target.close();
    }

    private static ComparedTable table(String name) {
        TableFixture table = TableFixture.table(name);
        return (name.equals("heap") ? table : table.rowid("id"))
                .column("n", "INTEGER", PgType.BIGINT, Representation.NATIVE)
                .in("public");
    }

    private ValidationReport validated(ValidatorOptions options) throws Exception {
        return target.validatedApart(options.withParallelism(3), table("even"), table("sparse"), table("heap"));
    }

    @Test
    void comparesEachRowOnce() throws Exception {
        AtomicLong rows = new AtomicLong();

        ValidationReport report = validated(
                ValidatorOptions.defaults().withProgress((table, moreRows, bytes) -> rows.addAndGet(moreRows)));

        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.tables())
                .extracting(TableComparison::valuesCompared)
                .containsExactly(2L * ROWS, 2L * (ROWS + 2), (long) ROWS);
        assertThat(rows).hasValue(3L * ROWS + 2);
    }

    @Test
    void findsDamageAnywhere() throws Exception {
        target.database()
                .execute(
                        "UPDATE even SET n = -1 WHERE id IN (1, 150000, 200000, 400000)",
                        "DELETE FROM sparse WHERE id IN (-9223372036854775808, 9223372036854775807)",
                        "INSERT INTO sparse VALUES (-9223372036854775807, 1), (9223372036854775806, 2), (2, 3)");

        assertThat(validated(ValidatorOptions.defaults()).differences())
                .extracting(Difference::toString)
                .containsExactlyInAnyOrder(
                        "even.n at id=1: VALUE",
                        "even.n at id=150000: VALUE",
                        "even.n at id=200000: VALUE",
                        "even.n at id=400000: VALUE",
                        "sparse at id=-9223372036854775808: ROW_MISSING",
                        "sparse at id=9223372036854775807: ROW_MISSING",
                        "sparse at id=-9223372036854775807: ROW_ADDED",
                        "sparse at id=9223372036854775806: ROW_ADDED",
                        "sparse at id=2: ROW_ADDED");
    }

    @Test
    void stopsEarlyOnRequest() throws Exception {
        target.database().execute("UPDATE even SET n = n + 1");

        ValidationReport report = validated(ValidatorOptions.defaults().stoppingAfter(10));
        TableComparison even = report.tables().get(0);

        assertThat(report.tables().subList(1, 3)).allMatch(TableComparison::passed);
        assertThat(even.stoppedEarly()).isTrue();
        assertThat(even.passed()).isFalse();
        assertThat(even.differences()).hasSize(10);
        assertThat(even.sourceRows()).isLessThan(ROWS);
    }

    @Test
    void anInterruptEndsIt() {
        Thread caller = Thread.currentThread();
        AtomicBoolean interrupted = new AtomicBoolean();

        assertThatThrownBy(() -> validated(ValidatorOptions.defaults().withProgress((table, rows, bytes) -> {
                    if (interrupted.compareAndSet(false, true)) {
                        caller.interrupt();
                    }
                })))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whatIsWrittenMeanwhileIsNotSeen() throws Exception {
        AtomicLong calls = new AtomicLong();

        ValidationReport report = validated(ValidatorOptions.defaults().withProgress((table, rows, bytes) -> {
            if (calls.incrementAndGet() == 1) {
                target.database().execute("UPDATE even SET n = -1", "DELETE FROM heap");
            }
        }));

        assertThat(report.passed()).as(report.toString()).isTrue();
    }
}
