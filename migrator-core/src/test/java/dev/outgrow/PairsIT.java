package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.NeedsShared;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.TypeRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole applications, from the SQLite database that they keep to the PostgreSQL schema that their own migrations make. */
@NeedsShared("pairs")
@ExtendWith(TestPostgres.class)
class PairsIT {
    @TempDir
    Path folder;

    static Stream<Path> applications() {
        return Pairs.applications();
    }

    static Stream<Path> damagedApplications() {
        return Pairs.applications().filter(application -> Files.exists(application.resolve("NEGATIVE.tsv")));
    }

    static void makeSchema(TestDatabase database, Path application) throws IOException {
        database.execute(Files.readString(application.resolve("target.sql")));
    }

    private Path copy(Path application, String file) throws IOException {
        return Files.copy(application.resolve(file), folder.resolve(file));
    }

    /** What no database can tell: units of numbers that are not certain, and which of an app's tables are its own. */
    static Migration migration(Path application, Path copy, TestDatabase database) {
        String app = application.getFileName().toString();
        ExistingSchema schema = TargetSchema.existing("public");
        TypeRules rules = TypeRules.standard();
        if (app.equals("django")) {
            // The interval columns hold microseconds. The schema was dumped without its books, so they come along.
            schema = schema.notBookkeeping("django_migrations");
            rules = rules.columns("model_fields_*durationmodel", "field")
                    .unixMicroseconds()
                    .column("model_fields_verbosenamefield", "field21")
                    .unixMicroseconds()
                    .column("model_fields_allfieldsmodel", "duration")
                    .unixMicroseconds();
        }
        if (app.equals("quassel")) {
            // Among them times before 1971 and in the year 9999, which could be in any unit.
            rules = rules.column("backlog", "time").unixMilliseconds();
        }
        if (app.equals("spring-batch")) {
            // Among them 0, -1 and a time in 1901, which could be in any unit.
            rules = rules.declared("TIMESTAMP").unixMilliseconds();
        }
        // All of them write times without an offset in UTC.
        rules = rules.everyColumn().naiveTimesIn(ZoneOffset.UTC);
        Migration migration = Migration.from(copy)
                .to(database.dataSource())
                .into(schema)
                .typeRules(rules)
                .backup(Backup.none());
        // Nanoseconds, which no type of PostgreSQL holds; times of the year 1 and 9999, which are meant.
        return switch (app) {
            case "vaultwarden", "authelia" -> migration.accept("precision:*");
            case "quassel", "spring-batch" -> migration.accept("unit:*");
            default -> migration;
        };
    }

    @ParameterizedTest
    @MethodSource("applications")
    void arrivesExactly(Path application, TestDatabase database) throws Exception {
        makeSchema(database, application);
        List<String> before = TargetFacts.of(database);
        migration(application, copy(application, "data.db"), database).run();
        SoftAssertions all = new SoftAssertions();
        for (Map.Entry<String, List<String>> table : Pairs.expected(application).entrySet()) {
            all.assertThat(Pairs.actual(database, table.getKey()))
                    .as(table.getKey())
                    .containsExactlyInAnyOrderElementsOf(table.getValue());
        }
        for (Pairs.Position position : Pairs.positions(application)) {
            all.assertThat(TargetFacts.next(database, position.table(), position.column()))
                    .as(position.toString())
                    .isGreaterThan(position.greatest());
        }
        all.assertThat(TargetFacts.of(database)).isEqualTo(before);
        all.assertAll();
    }

    @ParameterizedTest
    @MethodSource("damagedApplications")
    void namesEveryDamageBeforeTheFirstWrite(Path application, TestDatabase database) throws Exception {
        makeSchema(database, application);
        Migration migration = migration(application, copy(application, "data-neg.db"), database);
        MigrationPlan plan = migration.plan();
        for (Pairs.Damage damage : Pairs.damages(application)) {
            assertThat(plan.blockers())
                    .as(damage.toString())
                    .anyMatch(notice -> names(notice, damage) && notice.count() == damage.rows());
        }
        assertThatThrownBy(migration::run)
                .isInstanceOfSatisfying(
                        MigrationException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.PLAN_BLOCKED));
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'outgrow'"))
                .isEqualTo("0");
    }

    private static boolean names(Notice notice, Pairs.Damage damage) {
        return notice.message().contains(damage.table()) && notice.message().contains(damage.column());
    }
}
