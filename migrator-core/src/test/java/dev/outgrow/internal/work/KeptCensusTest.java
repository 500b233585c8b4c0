package dev.outgrow.internal.work;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.plan.TypeChoosers;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.sqlite.source.SourceDatabase;
import dev.outgrow.progress.MigrationListener;
import dev.outgrow.testing.Corpus;
import dev.outgrow.testing.NeedsShared;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.internal.rules.TargetTypes;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class KeptCensusTest {
    private static final TypeRules RULES = TypeRules.standard();
    private static final long LARGEST_BYTES = 1L << 20;

    @TempDir
    Path folder;

    /** What was counted in a file, and what is asked about it. */
    private record Counted(Map<String, TableCensus> census, List<SqliteTable> tables, CensusRun.Counters counters) {
        Optional<Map<String, TableCensus>> kept(String text) {
            return KeptCensus.read(text).flatMap(kept -> kept.of(tables, counters));
        }

        TableCensus table(String name) {
            return requireNonNull(census.get(name));
        }

        String text() {
            return KeptCensus.of(census, tables, counters).text();
        }
    }

    private static Counted count(Path file, TypeRules rules) throws SQLException {
        Snapshot snapshot = SourceDatabase.unchanging(file, "");
        try (Connection connection = snapshot.open()) {
            Catalog catalog = CatalogReader.read(connection);
            TypeChooser chooser = TypeChoosers.of(rules, MisfitPolicy.WIDEN, new TargetTypes(false, true), catalog);
            ChosenCounters counters = new ChosenCounters(chooser);
            CensusRun run =
                    new CensusRun(snapshot, TextEncoding.of(connection), 2, new Progress(new MigrationListener() {}));
            return new Counted(run.count(connection, catalog.tables(), counters), catalog.tables(), counters);
        }
    }

    private static void assertSame(Map<String, TableCensus> kept, Map<String, TableCensus> counted) {
        assertThat(kept.keySet()).isEqualTo(counted.keySet());
        counted.forEach((name, table) -> {
            TableCensus again = requireNonNull(kept.get(name));
            assertThat(again.rows()).isEqualTo(table.rows());
            assertThat(again.bytes()).isEqualTo(table.bytes());
            assertThat(again.columns()).as("table " + name).isEqualTo(table.columns());
            assertThat(again.first()).isEqualTo(table.first());
        });
    }

    private Path app() {
        Path file = folder.resolve("app.db");
        SqliteFiles.write(
                file,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, at DATETIME, n NUMERIC, small INT, note TEXT)",
                "INSERT INTO t VALUES (1, '2024-05-06 07:08:09', 9e999, 5, 'a' || char(0) || 'b'),"
                        + " (2, '2024-05-06T07:08:09Z', -9e999, 3000000000, ''), (3, 'never', -0.0, NULL, x'ff')",
                "CREATE TABLE k(name TEXT PRIMARY KEY, x REAL) WITHOUT ROWID",
                "INSERT INTO k VALUES ('a ' || char(0) || ' \"{\u20ac', 0.1), ('', 1)",
                "CREATE TABLE empty(x)");
        return file;
    }

    @Test
    void holdsWhatWasCounted() throws SQLException {
        Counted counted = count(app(), RULES);
        assertThat(counted.table("t").column("n").ranges().largestReal()).hasValue(Double.POSITIVE_INFINITY);
        assertSame(counted.kept(counted.text()).orElseThrow(), counted.census());
    }

    @Test
    void holdsWhatWasCountedTwiceBecauseARuleDecided() throws IOException, SQLException {
        TypeRules rules = RULES.rule(
                "small numbers",
                (column, census) -> column.name().equals("small") && census.rows() < 10
                        ? Optional.of(new TypeMapping(PgType.INTEGER, Representation.NATIVE))
                        : Optional.empty());
        Counted counted = count(app(), rules);
        assertThat(counted.table("t").first()).containsKey("small");
        assertSame(counted.kept(counted.text()).orElseThrow(), counted.census());
        assertThat(count(sameFile(), RULES).kept(counted.text())).isEmpty();
    }

    /** The same content under another name. */
    private Path sameFile() throws IOException {
        return Files.copy(folder.resolve("app.db"), folder.resolve("same.db"));
    }

    @Test
    void doesNotAnswerIfTheRulesAskSomethingElse() throws IOException, SQLException {
        String text = count(app(), RULES).text();
        Counted other = count(sameFile(), RULES.column("t", "note").as(PgType.BYTEA));
        assertThat(other.kept(text)).isEmpty();
        assertThat(other.kept(other.text())).isPresent();
    }

    @Test
    void doesNotAnswerForTablesAndColumnsThatItDoesNotKnow() throws SQLException {
        String text = count(app(), RULES).text();
        SqliteFiles.write(folder.resolve("app.db"), "ALTER TABLE k ADD more TEXT");
        assertThat(count(folder.resolve("app.db"), RULES).kept(text)).isEmpty();
        SqliteFiles.write(folder.resolve("app.db"), "ALTER TABLE k DROP more", "CREATE TABLE further(x)");
        assertThat(count(folder.resolve("app.db"), RULES).kept(text)).isEmpty();
    }

    @Test
    void readsNothingElse() {
        assertThat(KeptCensus.read("")).isEmpty();
        assertThat(KeptCensus.read("{}")).isEmpty();
        assertThat(KeptCensus.read("H4sIAAAAAAAA")).isEmpty();
    }

    @TestFactory
    @NeedsShared("corpus")
    Stream<DynamicTest> holdsWhatWasCountedInFilesOfRealApplications() throws IOException {
        return Corpus.files().stream()
                .filter(file -> size(file) <= LARGEST_BYTES)
                .map(file ->
                        DynamicTest.dynamicTest(Corpus.folder().relativize(file).toString(), () -> {
                            Counted counted = count(Corpus.copy(file, Files.createTempDirectory(folder, "f")), RULES);
                            assertSame(counted.kept(counted.text()).orElseThrow(), counted.census());
                        }));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
