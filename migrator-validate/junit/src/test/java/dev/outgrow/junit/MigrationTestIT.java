package dev.outgrow.junit;

import static dev.outgrow.junit.MigrationAssertions.assertColumn;
import static dev.outgrow.junit.MigrationAssertions.assertNothingLost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.Migration;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.ValueConverter;
import dev.outgrow.validate.ValidationReport;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs small test classes as an app would have them, and looks at what JUnit says of them. */
@ExtendWith(TestPostgres.class)
class MigrationTestIT {
    private static final Instant MARCH = Instant.parse("2024-03-31T10:00:00Z");
    private static final Instant JANUARY = Instant.parse("2024-01-01T11:00:00Z");

    /** What the app of the fixture would say of its own times. */
    static final class TaskMigration implements UnaryOperator<Migration> {
        @Override
        public Migration apply(Migration migration) {
            return migration.typeRules(
                    TypeRules.standard().column("task", "due").unixMilliseconds());
        }
    }

    @MigrationTest(fixture = "/tasks.sql", configuredBy = TaskMigration.class)
    static class Right {
        private final MigrationReport made;

        Right(MigrationReport made) {
            this.made = made;
        }

        @Test
        void keepsAll(MigrationReport report, ValidationReport comparison, DataSource postgres) throws SQLException {
            assertThat(report).isSameAs(made);
            assertThat(report.rows()).isEqualTo(5);
            assertThat(comparison.passed()).isTrue();
            assertNothingLost();
            try (Connection connection = postgres.getConnection()) {
                assertThat(connection.getMetaData().getURL()).contains("outgrow_fixture_");
            }
        }

        @Test
        void hasTheseValues() {
            assertColumn("task", "due").is(PgType.TIMESTAMPTZ).is(MARCH, JANUARY.atOffset(ZoneOffset.ofHours(3)), null);
            assertColumn("task", "due").at(1).is("2024-03-31 10:00:00+00");
            assertColumn("task", "due").at(3).is((Object[]) null);
            assertColumn("task", "done").is(false, true, true);
            assertColumn("TASK", "price").is(new BigDecimal("1.50"), 2, null);
            assertColumn("task", "ref").at(1).is(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
            assertColumn("task", "picture").at(1).is(new byte[] {0, (byte) 0xff});
            assertColumn("task", "title").is("write", "read", "sleep");
            assertColumn("place", "code").is("1010", "01099");
            assertColumn("place", "since").at("de", "01099").is("31.12.1999");
        }

        @Nested
        class Inside {
            @Test
            void sharesTheMigration(MigrationReport report) {
                assertThat(report).isSameAs(made);
                assertNothingLost();
            }
        }
    }

    @Test
    void isGreenWhereEverythingArrives(TestDatabase server) {
        assertThat(TestOutcome.of(server, Right.class)).isEqualTo(new TestOutcome(3, ""));
    }

    static class Single {
        @MigrationTest(fixture = "/tasks.sql")
        void isATestOfItsOwn(ValidationReport comparison) {
            assertThat(comparison.passed()).isTrue();
            assertColumn("task", "due").at(2).is(JANUARY);
        }

        @Test
        void hasNoMigration() {
            assertThatThrownBy(MigrationAssertions::assertNothingLost)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("@MigrationTest");
        }
    }

    @Test
    void mayStandAtAMethod(TestDatabase server) {
        assertThat(TestOutcome.of(server, Single.class)).isEqualTo(new TestOutcome(2, ""));
    }

    @MigrationTest(fixture = "/tasks.sql")
    static class WrongUnit {
        @MigrationTest.Configure
        static Migration seconds(Migration migration) {
            return migration.typeRules(
                    TypeRules.standard().column("task", "due").unixSeconds());
        }

        @Test
        void fails() {}
    }

    @Test
    void aWrongUnitIsRed(TestDatabase server) {
        assertThat(TestOutcome.of(server, WrongUnit.class).failure())
                .contains("/tasks.sql", "PLAN_BLOCKED", "unit:task.due", "task.due at 1")
                .contains("SQLite      1711879200000 (integer)", "PostgreSQL  56217-", "(timestamptz)")
                .contains(".typeRules(TypeRules.standard().column(\"task\", \"due\").unixMilliseconds())");
    }

    @MigrationTest(fixture = "/tasks.sql")
    static class UnitInRange {
        @MigrationTest.Configure
        static Migration microseconds(Migration migration) {
            return migration.typeRules(
                    TypeRules.standard().column("task", "due").unixMicroseconds());
        }

        @Test
        void fails() {
            assertColumn("task", "due").is(MARCH, JANUARY, null);
        }
    }

    @Test
    void aWrongUnitThatGivesLikelyYearsIsRedByItsValues(TestDatabase server) {
        assertThat(TestOutcome.of(server, UnitInRange.class).failure())
                .contains("task.due at 2", "expected    2024-01-01T11:00:00Z", "PostgreSQL  1970-01-20 17:21:46.8+00")
                .contains("SQLite      1704106800000 (integer)")
                .contains(
                        "to resolve it: .typeRules(TypeRules.standard().column(\"task\", \"due\").unixMilliseconds())");
    }

    @MigrationTest(fixture = "/tasks.sql", configuredBy = TaskMigration.class)
    static class WrongZone {
        @MigrationTest.Configure
        static Migration utc(Migration migration) {
            return migration.typeRules(TypeRules.standard()
                    .column("task", "made")
                    .as(PgType.TIMESTAMPTZ)
                    .column("task", "made")
                    .naiveTimesIn(ZoneOffset.UTC));
        }

        @Test
        void fails() {
            assertColumn("task", "made").is(MARCH, JANUARY, null);
        }
    }

    @Test
    void aWrongZoneIsRed(TestDatabase server) {
        assertThat(TestOutcome.of(server, WrongZone.class).failure())
                .contains("task.made at 1", "expected    2024-03-31T10:00:00Z", "PostgreSQL  2024-03-31 12:00:00+00")
                .contains("SQLite      '2024-03-31 12:00:00' (text)")
                .contains(
                        "to resolve it: .typeRules(TypeRules.standard().column(\"task\", \"made\").naiveTimesIn(ZoneId.of(\"Europe/");
    }

    @MigrationTest(fixture = "/tasks.sql", configuredBy = TaskMigration.class)
    static class NoZone {
        @Test
        void fails() {
            assertColumn("task", "made").at(2).is(JANUARY);
        }
    }

    @MigrationTest(fixture = "/tasks.sql", configuredBy = TaskMigration.class)
    static class SuggestedZone {
        @MigrationTest.Configure
        static Migration suggested(Migration migration) {
            return migration.typeRules(TypeRules.standard()
                    .column("task", "made")
                    .as(PgType.TIMESTAMPTZ)
                    .column("task", "made")
                    .naiveTimesIn(ZoneOffset.of("+01:00")));
        }

        @Test
        void passes() {
            assertColumn("task", "made").at(2).is(JANUARY);
        }
    }

    @Test
    void theLineOfAFailureIsTheCure(TestDatabase server) {
        assertThat(TestOutcome.of(server, NoZone.class).failure())
                .contains("standard().column(\"task\", \"made\").as(PgType.TIMESTAMPTZ)"
                        + ".column(\"task\", \"made\").naiveTimesIn(ZoneOffset.of(\"+01:00\"))");
        assertThat(TestOutcome.of(server, SuggestedZone.class)).isEqualTo(new TestOutcome(1, ""));
    }

    /** Forgets the day, which the way back makes the first of the month. */
    static final class MonthOnly implements ValueConverter {
        @Override
        public String toPostgres(Object value) {
            String[] parts = value.toString().split("\\.");
            return parts[2] + "-" + parts[1] + "-01";
        }

        @Override
        public Optional<Object> toSqlite(String text) {
            return Optional.of("01." + text.substring(5, 7) + "." + text.substring(0, 4));
        }
    }

    @MigrationTest(fixture = "/tasks.sql")
    static class LossyConverter {
        @MigrationTest.Configure
        static Migration months(Migration migration) {
            return migration.typeRules(
                    TypeRules.standard().column("place", "since").convertedBy(PgType.DATE, new MonthOnly()));
        }

        @Test
        void fails() {}
    }

    @Test
    void aLossyConverterIsRed(TestDatabase server) {
        assertThat(TestOutcome.of(server, LossyConverter.class).failure())
                .contains("converter:place.since", "place.since at country=de, code=01099")
                .contains("SQLite      '31.12.1999' (text)", "PostgreSQL  1999-12-01 (date)")
                .contains("to resolve it: ");
    }

    @MigrationTest(fixture = "/tasks.sql")
    static class OneWayConverter {
        @MigrationTest.Configure
        static Migration years(Migration migration) {
            return migration.typeRules(TypeRules.standard()
                    .column("place", "since")
                    .convertedBy(PgType.DATE, value -> value.toString().substring(6) + "-01-01"));
        }

        @Test
        void fails() {
            assertNothingLost();
        }

        @Test
        void passesIfItIsMeant() {
            assertNothingLost("place.*");
        }

        @Test
        void namesTheConverterThatIsMissing() {
            assertColumn("place", "since").is(LocalDate.parse("2003-02-01"), LocalDate.parse("1999-12-31"));
        }
    }

    @Test
    void aColumnThatNobodyComparedIsLost(TestDatabase server) {
        TestOutcome verdict = TestOutcome.of(server, OneWayConverter.class);
        assertThat(verdict.passed()).isEqualTo(1);
        assertThat(verdict.failure())
                .contains("place.since was not compared", "PostgreSQL  1999-01-01 (date)")
                .contains("assertNothingLost(\"place.since\")")
                .contains(".column(\"place\", \"since\").convertedBy(PgType.DATE, converter)");
    }

    @MigrationTest(fixture = "/loud.sql")
    static class AcceptedLoss {
        @MigrationTest.Configure
        static Migration quiet(Migration migration) {
            return migration.accept("trigger:*");
        }

        @Test
        void failsWhereItIsNotSaid() {
            assertNothingLost();
        }

        @Test
        void passesWhereItIsSaid() {
            assertNothingLost("trigger:note_loud");
        }
    }

    @Test
    void anAcceptedLossIsSaidInTheTestToo(TestDatabase server) {
        TestOutcome verdict = TestOutcome.of(server, AcceptedLoss.class);
        assertThat(verdict.passed()).isEqualTo(1);
        assertThat(verdict.failure())
                .contains("trigger:note_loud was accepted", "assertNothingLost(\"trigger:note_loud\")");
    }

    @MigrationTest(fixture = "/tasks.sql", configuredBy = TaskMigration.class)
    static class WritesToPostgres {
        @Test
        void fails(DataSource postgres) throws SQLException {
            try (Connection connection = postgres.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE task SET title = 'rest' WHERE id = 3");
                statement.execute("INSERT INTO task(id, title) VALUES (4, 'new')");
            }
            assertNothingLost();
        }
    }

    @Test
    void comparesTheDatabasesAsTheyStandNow(TestDatabase server) {
        assertThat(TestOutcome.of(server, WritesToPostgres.class).failure())
                .contains("task.title at id=3", "SQLite      'sleep' (text)", "PostgreSQL  rest (text)")
                .contains(".column(\"task\", \"title\").as(PgType.TEXT)")
                .doesNotContain("id=4");
    }

    @MigrationTest(fixture = "/nowhere.db")
    static class NoFixture {
        @Test
        void fails() {}
    }

    @Test
    void saysWhereAFixtureIsLookedFor(TestDatabase server) {
        assertThat(TestOutcome.of(server, NoFixture.class).failure())
                .contains("no fixture /nowhere.db", "src/test/resources");
    }

    @MigrationTest(fixture = "/tasks.sql", configuredBy = TaskMigration.class)
    static class NoColumn {
        @Test
        void fails() {
            assertColumn("task", "dew").is(1);
        }
    }

    @Test
    void listsTheColumnsThatThereAre(TestDatabase server) {
        assertThat(TestOutcome.of(server, NoColumn.class).failure()).contains("no column task.dew", "task.due");
    }

    @Test
    void leavesNoDatabaseBehind(TestDatabase server) {
        TestOutcome.of(server, Right.class, LossyConverter.class);
        assertThat(server.value("SELECT count(*) FROM pg_database WHERE datname LIKE 'outgrow\\_fixture\\_%'"))
                .isEqualTo("0");
    }
}
