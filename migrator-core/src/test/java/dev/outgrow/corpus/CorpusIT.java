package dev.outgrow.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.outgrow.Migration;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.TableReport;
import dev.outgrow.testing.Corpus;
import dev.outgrow.testing.NeedsShared;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestSession;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.ValidationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file of the corpus migrates and every value compares equal, or a refusal names exactly what stops it; and one that only
 * misfits stop migrates with them widened. What came of each is written as a table to {@code target/corpus-table.md}.
 */
@NeedsShared("corpus")
class CorpusIT {
    /** The refusals that say what is wrong with this source. Any other would be a failure of ours. */
    private static final Set<Reason> ABOUT_THE_SOURCE = EnumSet.of(
            Reason.PLAN_BLOCKED,
            Reason.SOURCE_CORRUPT,
            Reason.SOURCE_INCOMPLETE,
            Reason.SOURCE_NOT_A_DATABASE,
            Reason.SOURCE_TOO_NEW);

    private static final CorpusTable TABLE = new CorpusTable();

    @TempDir
    private Path temporary;

    @AfterAll
    static void writesTheTable() throws IOException {
        TABLE.write(Path.of("target", "corpus-table.md"));
    }

    /** Two files at once, which takes two thirds of the time. */
    @TestFactory
    Stream<DynamicTest> migratesOrSaysWhatStopsIt() {
        ExecutorService workers = Executors.newFixedThreadPool(2);
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Corpus.files()) {
            Future<?> outcome = workers.submit(() -> {
                migratesOrSaysWhatStopsIt(file);
                return file;
            });
            tests.add(DynamicTest.dynamicTest(nameOf(file), () -> {
                try {
                    Patience.resultOf(outcome);
                } catch (ExecutionException e) {
                    throw e.getCause();
                }
            }));
        }
        workers.shutdown();
        return tests.stream();
    }

    private void migratesOrSaysWhatStopsIt(Path file) throws IOException, SQLException {
        List<Notice> blockers = attempt(file, MisfitPolicy.FAIL);
        boolean misfitsAlone = !blockers.isEmpty()
                && blockers.stream().allMatch(notice -> notice.kind().equals("misfit"));
        if (misfitsAlone) {
            assertThat(attempt(file, MisfitPolicy.WIDEN))
                    .as("with misfits widened")
                    .isEmpty();
        }
    }

    /** Migrates a copy of the file, and gives what stopped it: nothing if it migrated. */
    private List<Notice> attempt(Path file, MisfitPolicy policy) throws IOException, SQLException {
        Path folder = Files.createTempDirectory(temporary, "source");
        Path source = Corpus.copy(file, folder);
        Map<String, HashCode> before = contentOf(folder);
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            Migration migration = Migration.from(source)
                    .to(database.dataSource())
                    .into(TargetSchema.created("public"))
                    .accept("*")
                    .onMisfit(policy);
            try {
                MigrationReport report = migration.run();
                ValidationReport proof = report.validation().orElseThrow();
                assertThat(proof.scope()).isEqualTo(Validation.ALL_VALUES);
                assertThat(proof.passed()).as(proof.toString()).isTrue();
                Path counted = Corpus.copy(file, Files.createTempDirectory(temporary, "counted"));
                holdsEveryRow(report, counted, database);
                holdsTheSchema(report, counted, database);
                TABLE.migrated(nameOf(file), policy, report);
                return List.of();
            } catch (MigrationException e) {
                assertThat(e.reason()).as(e.getMessage()).isIn(ABOUT_THE_SOURCE);
                assertThat(e.remedy()).isNotBlank();
                holdsNothing(database);
                if (e.reason() != Reason.PLAN_BLOCKED) {
                    TABLE.refused(nameOf(file), policy, e);
                    return List.of();
                }
                MigrationPlan plan = migration.plan();
                namesExactlyWhatStopsIt(e, plan.blockers());
                TABLE.blocked(nameOf(file), policy, plan);
                return plan.blockers();
            }
        } finally {
            assertThat(contentOf(folder)).as("the source, byte for byte").containsAllEntriesOf(before);
        }
    }

    private static void namesExactlyWhatStopsIt(MigrationException refusal, List<Notice> blockers) {
        assertThat(blockers).as(refusal.getMessage()).isNotEmpty();
        for (Notice blocker : blockers) {
            assertThat(refusal).hasMessageContaining(blocker.id());
            assertThat(blocker.message()).isNotBlank();
            assertThat(blocker.remedy()).as(blocker.id()).isNotBlank();
            assertThat(blocker.acceptable())
                    .as("%s stands although all that can be accepted was", blocker.id())
                    .isFalse();
        }
    }

    /** Counted here, not asked of the library, and in a copy, since counting a WAL database changes it. */
    private static void holdsEveryRow(MigrationReport report, Path copy, TestDatabase database) throws SQLException {
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + copy);
                TestSession postgres = database.session()) {
            for (TableReport table : report.tables()) {
                try (ResultSet count =
                        sqlite.createStatement().executeQuery("SELECT count(*) FROM main." + quoted(table.name()))) {
                    assertThat(postgres.value("SELECT count(*) FROM public." + quoted(table.targetName())))
                            .as(table.name())
                            .isEqualTo(count.getString(1));
                }
            }
        }
    }

    private static void holdsTheSchema(MigrationReport report, Path copy, TestDatabase database) throws SQLException {
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + copy);
                TestSession postgres = database.session()) {
            assertThat(new SchemaComparison(sqlite, postgres, report).differences())
                    .as("what differs between the schemas and no notice names")
                    .isEmpty();
        }
    }

    private static void holdsNothing(TestDatabase database) {
        assertThat(database.rows("""
                        SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                         WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"""))
                .as("what a refused run left in the target")
                .isEmpty();
    }

    private static Map<String, HashCode> contentOf(Path folder) throws IOException {
        ImmutableMap.Builder<String, HashCode> content = ImmutableMap.builder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(
                        file.getFileName().toString(),
                        com.google.common.io.Files.asByteSource(file.toFile()).hash(Hashing.sha256()));
            }
        }
        return content.buildOrThrow();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String nameOf(Path file) {
        return Corpus.folder().relativize(file).toString();
    }
}
