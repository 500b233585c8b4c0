package dev.outgrow;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.WayBack;
import dev.outgrow.plan.Notice;
import dev.outgrow.switchover.RollBackReport;
import dev.outgrow.testing.Corpus;
import dev.outgrow.testing.NeedsShared;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.SharedFolder;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.TypeRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of real applications and of libraries: there, random work on PostgreSQL, back, and there again, where PostgreSQL then holds
 * the same rows. {@code -Doutgrow.test.files=200} tries more files than a dozen.
 */
@NeedsShared("corpus")
class RollBackCorpusIT {
    private static final int FILES = Integer.getInteger("outgrow.test.files", 12);
    private static final long SEED = Long.getLong("outgrow.test.seed", 19);
    private static final long LARGEST_BYTES = 4L << 20;

    @TempDir
    private Path temporary;

    @TestFactory
    Stream<DynamicTest> comesBackWithWhatWasWrittenAndGoesThereAgain() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path file : Corpus.files()) {
            if (Files.size(file) <= LARGEST_BYTES) {
                files.add(file);
            }
        }
        Collections.shuffle(files, new Random(SEED));
        List<Path> libraries = libraries();
        Collections.shuffle(libraries, new Random(SEED));
        List<Path> chosen = new ArrayList<>(files.subList(0, Math.min(FILES, files.size())));
        chosen.addAll(libraries.subList(0, Math.min(FILES / 2, libraries.size())));
        return chosen.stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.subpath(Math.max(0, file.getNameCount() - 2), file.getNameCount())
                                .toString(),
                        () -> roundTrip(file)));
    }

    private static List<Path> libraries() {
        try (Stream<Path> all = Files.walk(SharedFolder.called("orms"), 2)) {
            return new ArrayList<>(
                    all.filter(file -> file.getFileName().toString().equals("data.db"))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Migration migration(Path file, TestDatabase database) {
        return Migration.from(file)
                .to(database.dataSource())
                .accept("*")
                .onMisfit(MisfitPolicy.WIDEN)
                .typeRules(TypeRules.standard().everyColumn().naiveTimesIn(ZoneOffset.UTC));
    }

    private void roundTrip(Path original) throws Exception {
        Path folder = Files.createTempDirectory(temporary, "source");
        Path file = Corpus.copy(original, folder);
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            Switchover there = Switchover.of(migration(file, database)).wayBack(WayBack.NOT_NEEDED);
            try {
                there.switchOver();
            } catch (MigrationException e) {
                assumeTrue(false, "it does not migrate: " + e.reason());
            }
            int done = new RandomWork(SEED).on(database);
            Map<String, String> before = TargetContent.of(database);
            Path made = folder.resolve("back.db");
            RollBackReport report;
            try {
                report = there.rollBack(made);
            } catch (MigrationException e) {
                // What SQLite's own constraints refuse is named; nothing else may stand in the way.
                assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.NO_WAY_BACK);
                assertThat(e.getMessage())
                        .containsAnyOf(
                                "SQLite refuses",
                                "more digits than SQLite keeps",
                                "without the application",
                                "are not there");
                return;
            }
            assertThat(report.carried() > 0).as("of " + done + " statements").isEqualTo(done > 0);
            Path backup = folder.resolve(file.getFileName() + ".outgrow-backup");
            assertThat(RollBackCase.values(
                            made, "SELECT rowid || type || name || coalesce(sql, '') FROM sqlite_schema"))
                    .isEqualTo(RollBackCase.values(
                            backup, "SELECT rowid || type || name || coalesce(sql, '') FROM sqlite_schema"));
            assertThat(TargetContent.of(database)).isEqualTo(before);
            Set<String> cut = cut(report);
            Map<String, String> kept = TargetContent.of(database, cut);
            Map<String, String> types = TargetContent.types(database);
            Switchover.of(migration(made, database)).wayBack(WayBack.NOT_NEEDED).switchOver();
            Map<String, String> after = TargetContent.of(database, cut);
            TargetContent.types(database).forEach((table, now) -> {
                if (now.equals(types.get(table))) {
                    assertThat(after.get(table)).as("table " + table).isEqualTo(kept.get(table));
                }
            });
        }
    }

    /** The columns of which fractions were cut off, which is among what is accepted here. */
    private static Set<String> cut(RollBackReport report) {
        return report.notices().stream()
                .map(Notice::id)
                .filter(id -> id.startsWith("wayback:"))
                .map(id -> id.substring("wayback:".length()))
                .collect(toSet());
    }
}
