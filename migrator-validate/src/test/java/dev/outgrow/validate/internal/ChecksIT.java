package dev.outgrow.validate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.validate.Check;
import dev.outgrow.validate.CheckFailedException;
import dev.outgrow.validate.CheckResult;
import dev.outgrow.validate.Checks;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.ValidationReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChecksIT {
    private DamagedTarget target;

    @BeforeAll
    void copies(@TempDir Path folder) throws SQLException {
        target = DamagedTarget.of(
                folder.resolve("checks.db"),
                new String[] {
                    "CREATE TABLE sales(id INTEGER PRIMARY KEY, amount DECIMAL(10,2), paid BOOLEAN, at DATETIME, rate REAL,"
                            + " word TEXT, data BLOB)",
                    "INSERT INTO sales VALUES (1, 10.5, 1, '2024-01-02 03:04:05', 0.1, 'a', x'00'),"
                            + " (2, 20, 0, '2024-01-02 03:04:05.500', 0.2, 'B', NULL), (3, 0, 0, NULL, 0.3, '', x'')"
                },
                new String[] {
                    "CREATE SCHEMA app",
                    "CREATE TABLE app.sales(id bigint PRIMARY KEY, amount numeric(10,2), paid boolean, at timestamp,"
                            + " rate double precision, word text, data bytea)",
                    "INSERT INTO app.sales VALUES (1, 10.5, true, '2024-01-02 03:04:05', 0.1, 'a', '\\x00'),"
                            + " (2, 20, false, '2024-01-02 03:04:05.5', 0.2, 'B', NULL), (3, 0, false, NULL, 0.3, '', '')"
                });
    }

    @AfterAll
    void closes() throws SQLException {
        target.close();
    }

    private CheckResult asked(Check check) throws Exception {
        return asked(Checks.none().and("the check", check)).checks().get(0);
    }

    private ValidationReport asked(Checks checks) throws Exception {
        try {
            return target.validator(ValidatorOptions.defaults()
                            .withScope(Validation.NONE)
                            .withSearchPath(List.of("app")))
                    .asking(checks)
                    .run();
        } finally {
            target.postgres().rollback();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*), sum(amount), avg(rate) FROM sales",
                "SELECT paid, count(*) FROM sales GROUP BY paid",
                "SELECT id, amount, paid, at, rate, word, data FROM sales ORDER BY word",
                "SELECT id FROM sales WHERE 1 = 0"
            })
    void sameResultsAgreeAcrossTypes(String sql) throws Exception {
        assertThat(asked(Check.sameResult(sql)).message()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE app.sales SET amount = amount + 0.01 WHERE id = 1",
                "UPDATE app.sales SET paid = NOT paid WHERE id = 1",
                "UPDATE app.sales SET at = at + interval '1 second' WHERE id = 1",
                "UPDATE app.sales SET word = 'A' WHERE id = 1",
                "UPDATE app.sales SET word = NULL WHERE id = 3",
                "UPDATE app.sales SET data = NULL WHERE id = 3",
                "UPDATE app.sales SET rate = 0.1000001 WHERE id = 1",
                "DELETE FROM app.sales WHERE id = 1"
            })
    void otherResultsAreFound(String damage) throws Exception {
        target.damage(damage);

        CheckResult result = asked(Check.sameResult("SELECT id, amount, paid, at, rate, word, data FROM sales"));

        assertThat(result.passed()).isFalse();
        assertThat(result.cause()).containsInstanceOf(CheckFailedException.class);
    }

    @Test
    void twoQueriesGiveTheSame() throws Exception {
        assertThat(asked(Check.sameResult(
                                "SELECT strftime('%Y', at) FROM sales WHERE at IS NOT NULL",
                                "SELECT to_char(at, 'YYYY') FROM sales WHERE at IS NOT NULL"))
                        .passed())
                .isTrue();
    }

    @Test
    void holdsWhereEveryRowIsTrue() throws Exception {
        assertThat(asked(Check.holds("SELECT amount >= 0 FROM sales")).passed()).isTrue();
        assertThat(asked(Check.holds("SELECT amount > 0 FROM sales")).message()).contains("not true");
        assertThat(asked(Check.holds("SELECT amount > 0 FROM sales WHERE id = 4"))
                        .message())
                .contains("no row");
        assertThat(asked(Check.holds("SELECT id FROM sales WHERE id = 1")).passed())
                .isFalse();
    }

    @Test
    void allAreAskedAlsoAfterOneHasFailed() throws Exception {
        ValidationReport report = asked(Checks.none()
                .and("broken", databases -> {
                    throw new IllegalStateException("secret value");
                })
                .and("no such table", Check.holds("SELECT secret FROM nowhere"))
                .and("good", Check.holds("SELECT true")));

        assertThat(report.passed()).isFalse();
        assertThat(report.checks()).extracting(CheckResult::passed).containsExactly(false, false, true);
        assertThat(report.checks().get(0).cause()).containsInstanceOf(IllegalStateException.class);
        assertThat(report.checks().get(1).message()).contains("42P01");
        assertThat(report.toString()).doesNotContain("secret");
        assertThat(report.toJson()).doesNotContain("secret");
    }

    @Test
    void anAssertionThatFailsIsAFailedCheck() throws Exception {
        assertThat(asked(databases -> assertThat(1).isEqualTo(2)).passed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DELETE FROM sales", "CREATE TABLE made_by_check(id int)", "COMMIT", "SELECT 1; -- now\nend"})
    void nothingIsChangedByACheck(String sql) throws Exception {
        CheckResult result =
                asked(databases -> databases.postgres().createStatement().execute(sql));

        assertThat(result.passed()).isFalse();
        assertThat(target.database().value("SELECT count(*) FROM app.sales")).isEqualTo("3");
    }

    @Test
    void nothingIsChangedInTheSource() throws Exception {
        assertThat(asked(databases -> databases.sqlite().createStatement().execute("DELETE FROM sales"))
                        .passed())
                .isFalse();
        assertThat(asked(Check.sameResult("SELECT count(*) FROM sales")).passed())
                .isTrue();
    }

    @Test
    void theConnectionsCannotBeEnded() throws Exception {
        assertThat(asked(databases -> databases.postgres().commit()).passed()).isFalse();
        assertThat(asked(databases -> databases.postgres().setAutoCommit(true)).passed())
                .isFalse();
        assertThat(asked(databases -> databases.postgres().close()).passed()).isTrue();
        assertThat(target.postgres().isClosed()).isFalse();
    }
}
