package dev.outgrow.internal.sqlite.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.common.base.Ascii;
import com.google.common.base.Strings;
import dev.outgrow.internal.sqlite.ddl.ColumnConstraint;
import dev.outgrow.internal.sqlite.ddl.CreateTable;
import dev.outgrow.internal.sqlite.ddl.CreateTable.ColumnDefinition;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The catalogs of the databases of real applications, and whether their text says what the pragmas say. */
class CorpusCatalogIT {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> understandsEveryFileOfTheCorpus() throws IOException {
        Optional<Path> corpus = corpus();
        assumeThat(corpus).as("a folder of SQLite files").isPresent();
        List<Path> files;
        try (Stream<Path> all = Files.walk(corpus.get())) {
            files = all.filter(CorpusCatalogIT::isDatabase).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file ->
                        DynamicTest.dynamicTest(corpus.get().relativize(file).toString(), () -> understands(file)));
    }

    private static Optional<Path> corpus() {
        String given = Strings.nullToEmpty(System.getProperty("migrator.corpus"));
        String root = Strings.nullToEmpty(System.getProperty("migrator.root"));
        Path folder = given.isEmpty() ? Path.of(root).resolveSibling("shared").resolve("corpus") : Path.of(given);
        return Optional.of(folder).filter(Files::isDirectory);
    }

    private static boolean isDatabase(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream content = Files.newInputStream(file)) {
            return Arrays.equals(content.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void understands(Path file) throws Exception {
        Path copy = copyWithJournals(file);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy)) {
            Catalog catalog = CatalogReader.read(connection);
            SoftAssertions softly = new SoftAssertions();
            for (SqliteTable table : catalog.tables()) {
                softly.assertThat(table.parsed()).as(table.sql()).isTrue();
                understood(table)
                        .forEach(text -> softly.assertThat(text.expression())
                                .as(text.text())
                                .isPresent());
                if (table.parsed()) {
                    softly.assertThat(fromText(table)).as(table.sql()).isEqualTo(fromPragmas(table));
                }
            }
            for (SqliteView view : catalog.views()) {
                softly.assertThat(view.select()).as(view.sql()).isPresent();
            }
            for (SqliteTrigger trigger : catalog.triggers()) {
                softly.assertThat(trigger.event()).as(trigger.sql()).isPresent();
            }
            for (SqliteVirtualTable table : catalog.virtualTables()) {
                softly.assertThat(table.module()).as(table.sql()).isNotEmpty();
            }
            softly.assertThat(objects(catalog)).isEqualTo(objectsOfSchema(connection));
            softly.assertAll();
        }
    }

    private Path copyWithJournals(Path file) throws IOException {
        Path copy = Files.createTempDirectory(folder, "copy").resolve("source.db");
        Files.copy(file, copy);
        for (String suffix : new String[] {"-wal", "-journal"}) {
            Path journal = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(journal)) {
                Files.copy(journal, copy.resolveSibling("source.db" + suffix));
            }
        }
        return copy;
    }

    private static List<SqlText> understood(SqliteTable table) {
        List<SqlText> texts = new ArrayList<>();
        table.checks().forEach(check -> texts.add(check.condition()));
        table.columns().forEach(column -> {
            column.defaultValue().ifPresent(texts::add);
            column.generation().ifPresent(generation -> texts.add(generation.expression()));
        });
        table.indexes().forEach(index -> {
            index.predicate().ifPresent(texts::add);
            index.terms().forEach(term -> term.expression().ifPresent(texts::add));
        });
        return texts;
    }

    private static List<String> fromText(SqliteTable table) throws DdlSyntaxException {
        CreateTable statement = DdlParser.table(table.sql());
        List<String> facts = new ArrayList<>();
        facts.add("strict " + statement.strict() + ", without rowid " + statement.withoutRowid());
        for (ColumnDefinition column : statement.columns()) {
            String value = "";
            for (ColumnConstraint constraint : column.constraints()) {
                value = constraint instanceof ColumnConstraint.Default given
                        ? given.value().text()
                        : value;
            }
            facts.add(column.name().text() + " " + Ascii.toUpperCase(column.type()) + " default " + value);
        }
        return facts;
    }

    private static List<String> fromPragmas(SqliteTable table) {
        List<String> facts = new ArrayList<>();
        facts.add("strict " + table.strict() + ", without rowid " + table.withoutRowid());
        for (SqliteColumn column : table.columns()) {
            facts.add(column.name() + " " + Ascii.toUpperCase(column.source().declaredType()) + " default "
                    + column.defaultValue().map(SqlText::text).orElse(""));
        }
        return facts;
    }

    private static List<String> objects(Catalog catalog) {
        List<String> names = new ArrayList<>(catalog.systemTables());
        catalog.tables().forEach(table -> {
            names.add(table.name());
            table.indexes().forEach(index -> names.add(index.name()));
        });
        catalog.virtualTables().forEach(table -> {
            names.add(table.name());
            table.shadowTables().forEach(shadow -> {
                names.add(shadow.name());
                shadow.indexes().forEach(index -> names.add(index.name()));
            });
        });
        catalog.views().forEach(view -> names.add(view.name()));
        catalog.triggers().forEach(trigger -> names.add(trigger.name()));
        // The key of a WITHOUT ROWID table is listed, and has no row in sqlite_schema.
        names.removeIf(name -> name.startsWith("sqlite_autoindex_"));
        return names.stream().sorted().toList();
    }

    private static List<String> objectsOfSchema(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select name from sqlite_schema")) {
            while (rows.next()) {
                names.add(Objects.requireNonNull(rows.getString(1)));
            }
        }
        names.removeIf(name -> name.startsWith("sqlite_autoindex_"));
        return names.stream().sorted().toList();
    }
}
