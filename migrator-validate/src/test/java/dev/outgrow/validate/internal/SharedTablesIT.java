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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose rows one session alone sees, compared on several threads. */
class SharedTablesIT {
    private static final int ROWS = 30_000;

    private DamagedTarget target;

    @BeforeEach
    void copies(@TempDir Path folder) throws SQLException {
        target = DamagedTarget.of(
                folder.resolve("shared.db"),
                new String[] {
                    "CREATE TABLE many(id INTEGER PRIMARY KEY, n INTEGER, t TEXT)",
                    "CREATE TABLE heavy(id INTEGER PRIMARY KEY, data BLOB)",
                    "CREATE TABLE loose(id INT PRIMARY KEY, n INTEGER)",
                    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < " + ROWS + ")"
                            + " INSERT INTO many SELECT 3 * x, x % 100, 'row ' || x FROM c",
                    "INSERT INTO many VALUES (-9223372036854775808, 1, NULL), (9223372036854775807, 2, '')",
                    "INSERT INTO heavy VALUES (1, zeroblob(3000000)), (2, x'01'), (3, zeroblob(1500000)), (4, zeroblob(200000))",
                    "INSERT INTO loose SELECT id, n FROM many WHERE id < 30000"
                },
                new String[] {
                    "CREATE TABLE many AS SELECT 3 * x::bigint AS id, (x % 100)::bigint AS n, 'row ' || x AS t"
                            + " FROM generate_series(1, " + ROWS + ") x",
                    "INSERT INTO many VALUES (-9223372036854775808, 1, NULL), (9223372036854775807, 2, '')",
                    "ALTER TABLE many ALTER id SET NOT NULL",
                    "CREATE INDEX ON many (id)",
                    "CREATE TABLE heavy(id bigint PRIMARY KEY, data bytea)",
                    "INSERT INTO heavy SELECT id, decode(repeat('00', size), 'hex')"
                            + " FROM (VALUES (1, 3000000), (3, 1500000), (4, 200000)) s(id, size)",
                    "INSERT INTO heavy VALUES (2, '\\x01')",
                    "CREATE TABLE loose AS SELECT id, n FROM many WHERE id < 30000",
                    "ALTER TABLE loose ADD PRIMARY KEY (id)"
                });
    }

    @AfterEach
    void closes() throws SQLException {
        target.close();
    }

    private static ComparedTable[] tables() {
        return new ComparedTable[] {
            TableFixture.table("many")
                    .rowid("id")
                    .column("n", "INTEGER", PgType.BIGINT, Representation.NATIVE)
                    .column("t", "TEXT", PgType.TEXT, Representation.NATIVE)
                    .in("public"),
            TableFixture.table("heavy")
                    .rowid("id")
                    .column("data", "BLOB", PgType.BYTEA, Representation.NATIVE)
                    .in("public"),
            TableFixture.table("loose")
                    .rowid("id")
                    .column("n", "INTEGER", PgType.BIGINT, Representation.NATIVE)
                    .in("public")
        };
    }

    private ValidationReport validated(ValidatorOptions options) throws Exception {
        return target.validatedWithin(options.withParallelism(3), tables());
    }

    @Test
    void comparesEachRowOnce() throws Exception {
        AtomicLong rows = new AtomicLong();
        AtomicBoolean others = new AtomicBoolean();
        Thread caller = Thread.currentThread();

        ValidationReport report = validated(ValidatorOptions.defaults().withProgress((table, moreRows, bytes) -> {
            rows.addAndGet(moreRows);
            others.compareAndSet(false, Thread.currentThread() != caller);
        }));

        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.tables())
                .extracting(TableComparison::valuesCompared)
                .containsExactly(3L * (ROWS + 2), 8L, 2L * 10_000);
        assertThat(rows).hasValue(ROWS + 2 + 4 + 10_000);
        assertThat(others).isTrue();
    }

    @Test
    void findsWhatOneThreadFinds() throws Exception {
        Random random = new Random(22);
        for (int round = 0; round < 6; round++) {
            String[] damage = damage(random, round);
            ValidatorOptions options = DamagedTarget.listing(ROWS);
            List<Difference> expected =
                    target.damage(damage).validated(options, tables()).differences();

            ValidationReport report = target.damage(damage).validatedWithin(options.withParallelism(3), tables());

            assertThat(expected).isNotEmpty();
            assertThat(report.differences())
                    .as("round " + round)
                    .extracting(Difference::toString)
                    .containsExactlyInAnyOrderElementsOf(
                            expected.stream().map(Difference::toString).toList());
        }
    }

    private static String[] damage(Random random, int round) {
        List<String> damage = new ArrayList<>();
        damage.add("DELETE FROM many WHERE id BETWEEN " + 3 * random.nextInt(ROWS) + " AND "
                + (3 * ROWS - random.nextInt(900)));
        damage.add(
                "INSERT INTO many VALUES (1, 1, 'added'), (-9223372036854775807, 1, ''), (9223372036854775806, 1, '')");
        damage.add("INSERT INTO many SELECT id, n, t FROM many WHERE id % " + (2 + random.nextInt(500)) + " = 0");
        damage.add("UPDATE many SET n = n + 1 WHERE id % " + (3 + random.nextInt(2000)) + " = 0");
        damage.add("UPDATE many SET t = t || ' ' WHERE id IN (-9223372036854775808, 9223372036854775807, 3, 6)");
        damage.add("UPDATE heavy SET data = set_byte(data, length(data) - 1, 7) WHERE id = " + (1 + round % 4));
        if (round == 3) {
            damage.add("DELETE FROM many WHERE id < 9223372036854775807");
        } else if (round == 4) {
            damage.add("DELETE FROM many");
        }
        return damage.toArray(new String[0]);
    }

    @Test
    void comparesAsAMultisetWhatTheSourceDoesNotOrder(@TempDir Path folder) throws Exception {
        try (DamagedTarget text = DamagedTarget.of(
                folder.resolve("text.db"),
                new String[] {
                    "CREATE TABLE loose(id INT PRIMARY KEY, n INTEGER)", "INSERT INTO loose VALUES (1, 1), ('a', 2)"
                },
                new String[] {
                    "CREATE TABLE loose(id bigint PRIMARY KEY, n bigint)", "INSERT INTO loose VALUES (1, 1), (2, 2)"
                })) {
            ComparedTable loose = tables()[2];
            List<Difference> expected = text.validated(loose).differences();

            List<Difference> found = text.validatedWithin(
                            ValidatorOptions.defaults().withParallelism(2), loose)
                    .differences();

            assertThat(found)
                    .isNotEmpty()
                    .extracting(Difference::toString)
                    .containsExactlyInAnyOrderElementsOf(
                            expected.stream().map(Difference::toString).toList());
        }
    }

    @Test
    void stopsEarlyOnRequest() throws Exception {
        target.damage("UPDATE many SET n = n + 1");

        TableComparison many = validated(ValidatorOptions.defaults().stoppingAfter(10))
                .tables()
                .get(0);

        assertThat(many.stoppedEarly()).isTrue();
        assertThat(many.differences()).hasSize(10);
    }

    @Test
    void anInterruptEndsItAndTheSessionGoesOn() throws Exception {
        Thread caller = Thread.currentThread();
        AtomicBoolean interrupted = new AtomicBoolean();
        Validator validator = target.validatorWithin(
                ValidatorOptions.defaults().withParallelism(3).withProgress((table, rows, bytes) -> {
                    if (interrupted.compareAndSet(false, true)) {
                        caller.interrupt();
                    }
                }),
                tables());

        assertThatThrownBy(validator::run).isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isFalse();
        assertThat(rowsSeen()).isEqualTo(ROWS + 2);
    }

    @Test
    void aFailureOfAnotherThreadEndsIt() throws Exception {
        Validator validator = target.validatorWithin(
                ValidatorOptions.defaults().withParallelism(3).withProgress((table, rows, bytes) -> {
                    throw new IllegalStateException("the listener's own");
                }),
                tables());

        assertThatThrownBy(validator::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the listener's own");
        assertThat(rowsSeen()).isEqualTo(ROWS + 2);
    }

    private int rowsSeen() throws SQLException {
        try (Statement statement = target.postgres().createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM many")) {
            row.next();
            return row.getInt(1);
        }
    }
}
