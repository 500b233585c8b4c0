package dev.outgrow.internal.sqlite.catalog;

import com.google.common.base.Ascii;
import dev.outgrow.internal.sqlite.ddl.ColumnConstraint;
import dev.outgrow.internal.sqlite.ddl.CreateTable;
import dev.outgrow.internal.sqlite.ddl.CreateTable.ColumnDefinition;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.testing.Corpus;
import dev.outgrow.testing.NeedsShared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The catalogs of the databases of real applications, and whether their text says what the pragmas say. */
@NeedsShared("corpus")
class CorpusCatalogIT {
    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> understandsEveryFileOfTheCorpus() throws IOException {
        return Corpus.files().stream()
                .map(file ->
                        DynamicTest.dynamicTest(Corpus.folder().relativize(file).toString(), () -> understands(file)));
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
