package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import dev.outgrow.option.WayBack;
import dev.outgrow.switchover.RollBackReport;
import dev.outgrow.testing.NeedsShared;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Applications and libraries, into the schema that their own migrations make: there, random work on PostgreSQL, back, and there
 * again, where PostgreSQL then holds the same rows.
 */
@NeedsShared("orms")
class RollBackModelsIT {
    private static final long SEED = Long.getLong("outgrow.test.seed", 19);

    private static final System.Logger LOG = System.getLogger(RollBackModelsIT.class.getName());

    @TempDir
    private Path temporary;

    /** Makes the schema of an application. */
    @FunctionalInterface
    interface Preparation {
        void of(TestDatabase database) throws IOException;
    }

    /**
     * An application.
     *
     * @param file what it keeps in SQLite
     * @param schema makes its tables on PostgreSQL
     * @param migration what is to be said of a file of its
     */
    record Application(
            String name, Path file, Preparation schema, BiFunction<Path, TestDatabase, Migration> migration) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Application> applications() {
        Stream<Application> pairs = Pairs.applications()
                .map(home -> new Application(
                        "pairs " + home.getFileName(),
                        home.resolve("data.db"),
                        database -> PairsIT.makeSchema(database, home),
                        (file, database) -> PairsIT.migration(home, file, database)));
        Stream<Application> apps = AppsIT.applications()
                .map(home -> new Application(
                        "apps " + home.getFileName(),
                        home.resolve("data.db"),
                        database -> AppsIT.makeSchema(database, home),
                        (file, database) -> AppsIT.migration(home, file, database)));
        Stream<Application> libraries = OrmsIT.libraries()
                .map(library -> new Application(
                        "orms " + library,
                        library.file(),
                        database -> OrmsIT.load(library, database),
                        (file, database) -> OrmsIT.intoItsModel(library, file, database)));
        return Stream.of(pairs, apps, libraries).flatMap(all -> all);
    }

    /** The tables that a refusal names: SQLite's constraints there are stricter than PostgreSQL's. */
    private static final Pattern NAMED = Pattern.compile("wayback:([^:. \"]+)[:.]|point at rows of \"([^\"]+)\"");

    @ParameterizedTest(name = "{0}")
    @MethodSource("applications")
    void comesBackWithWhatWasWrittenAndGoesThereAgain(Application application) throws Exception {
        Set<String> refused = new TreeSet<>();
        for (int attempt = 0; attempt < 4; attempt++) {
            try {
                roundTrip(application, refused);
                return;
            } catch (MigrationException e) {
                assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.NO_WAY_BACK);
                assertThat(e.getMessage())
                        .containsAnyOf(
                                "SQLite refuses", "more digits than SQLite keeps", "are not there", "year beyond 9999");
                LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", application, e.getMessage());
                Set<String> before = Set.copyOf(refused);
                Matcher named = NAMED.matcher(e.getMessage());
                while (named.find()) {
                    refused.add((named.group(1) == null ? named.group(2) : named.group(1)).toLowerCase(Locale.ROOT));
                }
                if (refused.equals(before)) {
                    // What is done to other tables sets NULL here, which SQLite refuses.
                    return;
                }
            }
        }
        throw new AssertionError("refused again and again: " + refused);
    }

    private void roundTrip(Application application, Set<String> leftAlone) throws Exception {
        String name = application.name();
        Path folder = Files.createTempDirectory(temporary, "source");
        Path file = Files.copy(application.file(), folder.resolve("data.db"));
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            application.schema().of(database);
            Switchover there = switchover(application, file, database);
            there.switchOver();
            int done = new RandomWork(SEED, leftAlone).on(database);
            assertThat(done).as(name).isPositive();
            Map<String, String> before = TargetContent.of(database);
            Path made = folder.resolve("back.db");
            RollBackReport report = there.rollBack(made);
            assertThat(report.carried()).as(name).isPositive();
            String schema = "SELECT rowid || type || name || coalesce(sql, '') FROM sqlite_schema";
            assertThat(RollBackCase.values(made, schema))
                    .isEqualTo(RollBackCase.values(folder.resolve("data.db.outgrow-backup"), schema));
            switchover(application, made, database).switchOver();
            assertThat(TargetContent.of(database)).as(name).isEqualTo(before);
        }
    }

    private static Switchover switchover(Application application, Path file, TestDatabase database) {
        // The work changes the books of the applications' migrations, too.
        return Switchover.of(application
                        .migration()
                        .apply(file, database)
                        .backup(Backup.beside())
                        .accept("migrations:*"))
                .wayBack(WayBack.NOT_NEEDED);
    }
}
