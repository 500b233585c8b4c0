package dev.outgrow.examples.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.outgrow.Migration;
import dev.outgrow.junit.MigrationTest;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** The app's test turns red when one of its rules is wrong. */
@ExtendWith(TestPostgres.class)
class WrongRulesIT {
    private static String failure(TestDatabase server, Class<?> test) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(test))
                                .configurationParameter("outgrow.test.postgres", server.jdbcUrl())
                                .build(),
                        listener);
        List<Failure> failures = listener.getSummary().getFailures();
        assertThat(failures).hasSize(1);
        return String.valueOf(failures.get(0).getException().getMessage());
    }

    @MigrationTest(fixture = "/app-v3.sql")
    static class WithAWrongUnit extends UpgradeIT {
        @MigrationTest.Configure
        static Migration seconds(Migration migration) {
            return migration.typeRules(
                    TypeRules.standard().column("task", "due").unixSeconds());
        }
    }

    @Test
    void aWrongUnitTurnsItRed(TestDatabase server) {
        assertThat(failure(server, WithAWrongUnit.class))
                .contains("unit:task.due", "task.due at 1", "1711879200123 (integer)", "(timestamptz)")
                .contains("TypeRules.standard().column(\"task\", \"due\").unixMilliseconds()");
    }

    @MigrationTest(fixture = "/app-v3.sql")
    static class WithAWrongZone extends UpgradeIT {
        @MigrationTest.Configure
        static Migration utc(Migration migration) {
            return migration.typeRules(TypeRules.standard()
                    .column("task", "made")
                    .as(PgType.TIMESTAMPTZ)
                    .column("task", "made")
                    .naiveTimesIn(ZoneOffset.UTC));
        }
    }

    @Test
    void aWrongZoneTurnsItRed(TestDatabase server) {
        assertThat(failure(server, WithAWrongZone.class))
                .contains("task.made at 1", "'2024-03-31 12:00:00' (text)", "2024-03-31 12:00:00+00 (timestamptz)")
                .contains(".column(\"task\", \"made\").naiveTimesIn(ZoneOffset.of(\"+02:00\"))");
    }

    @MigrationTest(fixture = "/app-v3.sql")
    static class WithALossyConverter extends UpgradeIT {
        @MigrationTest.Configure
        static Migration wholeNumbers(Migration migration) {
            return migration.typeRules(TypeRules.standard()
                    .column("task", "price")
                    .convertedBy(PgType.BIGINT, value -> value.toString().replaceFirst(",.*", "")));
        }
    }

    @Test
    void aLossyConverterTurnsItRed(TestDatabase server) {
        assertThat(failure(server, WithALossyConverter.class))
                .contains("task.price was not compared", "'12,50' (text)", "12 (int8)")
                .contains("toSqlite", "TypeRules.standard().column(\"task\", \"price\").as(PgType.TEXT)");
    }
}
