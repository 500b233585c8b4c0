package dev.outgrow.internal.sqlite.catalog;

import static dev.outgrow.internal.sqlite.catalog.SourceSchema.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.outgrow.internal.sqlite.ddl.Expression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file holds besides its tables, and files that are odd. */
class CatalogReaderTest {
    @TempDir
    Path folder;

    private Catalog catalog(String... statements) throws SQLException {
        return new SourceSchema(folder).catalog(statements);
    }

    private SqliteTable table(String... statements) throws SQLException {
        return new SourceSchema(folder).table(statements);
    }

    @Test
    @DisplayName("Knows virtual tables and their shadow tables")
    void knowsVirtualTables() throws SQLException {
        Catalog catalog = catalog(
                "create table docs(a)",
                "create table docs_content_x(a)",
                "create virtual table docs_fts using fts5(title, body, tokenize = 'porter unicode61', prefix='2 3')",
                "create virtual table old using FTS4(x, notindexed=y, y)",
                "create virtual table \"Area Tree\" using rtree(id, x0, x1, +label TEXT)");

        assertThat(catalog.tables()).extracting(SqliteTable::name).containsExactly("docs", "docs_content_x");
        assertThat(catalog.virtualTables())
                .allMatch(SqliteVirtualTable::readable)
                .extracting(
                        SqliteVirtualTable::name,
                        SqliteVirtualTable::moduleKind,
                        SqliteVirtualTable::arguments,
                        table -> table.shadowTables().stream()
                                .map(SqliteTable::name)
                                .sorted()
                                .toList())
                .containsExactly(
                        tuple(
                                "docs_fts",
                                SqliteVirtualTable.ModuleKind.FTS5,
                                List.of("title", "body", "tokenize = 'porter unicode61'", "prefix='2 3'"),
                                List.of(
                                        "docs_fts_config",
                                        "docs_fts_content",
                                        "docs_fts_data",
                                        "docs_fts_docsize",
                                        "docs_fts_idx")),
                        tuple(
                                "old",
                                SqliteVirtualTable.ModuleKind.FTS4,
                                List.of("x", "notindexed=y", "y"),
                                List.of("old_content", "old_docsize", "old_segdir", "old_segments", "old_stat")),
                        tuple(
                                "Area Tree",
                                SqliteVirtualTable.ModuleKind.RTREE,
                                List.of("id", "x0", "x1", "+label TEXT"),
                                List.of("Area Tree_node", "Area Tree_parent", "Area Tree_rowid")));
        assertThat(catalog.virtualTables().get(0).columns())
                .extracting(SqliteColumn::name, SqliteColumn::hidden)
                .containsExactly(
                        tuple("title", false), tuple("body", false), tuple("docs_fts", true), tuple("rank", true));
    }

    @Test
    @DisplayName("Finds the columns of full-text tables whose tokenizer is not there")
    void findsTheColumnsOfFullTextTables() throws SQLException {
        Catalog catalog = catalog(
                "create virtual table a using fts5(title, 'bo dy' unindexed, [c], tokenize = 'porter', content=docs, prefix='2')",
                "create virtual table b using fts4(x TEXT, y, tokenize=porter, notindexed=y, content=\"\")",
                "create virtual table c using fts3",
                "create virtual table d using fts3(tokenize simple, tokenized)",
                "create virtual table e using fts5(only)",
                "create virtual table f using rtree(id, x0, x1)",
                "pragma writable_schema = on",
                """
                update sqlite_schema set sql = replace(replace(sql, 'porter', 'unheard_of'), 'simple', 'unheard_of')
                where name in ('a', 'b', 'd')
                """,
                "pragma writable_schema = reset");

        assertThat(catalog.virtualTables())
                .extracting(SqliteVirtualTable::name, SqliteVirtualTable::readable, FullText::of)
                .containsExactly(
                        tuple(
                                "a",
                                false,
                                Optional.of(new FullText(List.of("title", "bo dy", "c"), Optional.of("docs")))),
                        tuple("b", false, Optional.of(new FullText(List.of("x", "y"), Optional.of("")))),
                        tuple("c", true, Optional.of(new FullText(List.of("content"), Optional.empty()))),
                        tuple("d", false, Optional.of(new FullText(List.of("tokenized"), Optional.empty()))),
                        tuple("e", true, Optional.of(new FullText(List.of("only"), Optional.empty()))),
                        tuple("f", true, Optional.empty()));
        assertThat(catalog.tables()).isEmpty();
        assertThat(catalog.virtualTables().get(1).shadowTables()).isNotEmpty();
    }

    @Test
    @DisplayName("Lives with modules that are not there")
    void livesWithoutModules() throws SQLException {
        Catalog catalog = catalog(
                "create table plain(a)",
                "create table words_vocab(id integer primary key, word)",
                "create table other_vocab(a)",
                "pragma writable_schema = on",
                """
                insert into sqlite_schema values
                  ('table', 'words', 'words', 0, 'CREATE VIRTUAL TABLE words USING spellfix1'),
                  ('table', 'shapes', 'shapes', 0, 'CREATE VIRTUAL TABLE shapes USING VirtualSpatialIndex(a (b, c), d)')
                """,
                "pragma writable_schema = reset");

        assertThat(catalog.tables()).extracting(SqliteTable::name).containsExactly("plain", "other_vocab");
        assertThat(catalog.virtualTables())
                .extracting(
                        SqliteVirtualTable::name,
                        SqliteVirtualTable::module,
                        SqliteVirtualTable::readable,
                        SqliteVirtualTable::arguments,
                        table -> table.shadowTables().size())
                .containsExactly(
                        tuple("words", "spellfix1", false, List.of(), 1),
                        tuple("shapes", "VirtualSpatialIndex", false, List.of("a (b, c)", "d"), 0));
    }

    @Test
    @DisplayName("Sets SQLite's own tables apart")
    void setsSystemTablesApart() throws SQLException {
        Catalog catalog = catalog(
                "create table t(id integer primary key autoincrement, a)",
                "create index i on t(a)",
                "insert into t values (1, 2)",
                "analyze");

        assertThat(catalog.tables()).extracting(SqliteTable::name).containsExactly("t");
        assertThat(catalog.systemTables()).contains("sqlite_sequence", "sqlite_stat1");
    }

    @Test
    void readsTheFactsOfTheFile() throws SQLException {
        Catalog catalog = catalog(
                "pragma encoding = 'UTF-16be'",
                "pragma user_version = 42",
                "pragma application_id = -7",
                "create table \"té\"(a)");

        assertThat(catalog.encoding()).isEqualTo("UTF-16be");
        assertThat(catalog.userVersion()).isEqualTo(42);
        assertThat(catalog.applicationId()).isEqualTo(-7);
        assertThat(catalog.table("té")).isPresent();
        assertThat(catalog.table("TÉ")).isEmpty();
    }

    @Test
    void readsTheSameInTurkey() throws SQLException {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale("tr", "TR"));
        try {
            SqliteTable table = table(
                    "create table TI(ID integer primary key autoincrement, i text collate binary unique, x as (1) virtual)",
                    "create table CHILD(i references ti(id) deferrable initially deferred, check (i in (1)) )");

            assertThat(table.foreignKeys())
                    .singleElement()
                    .matches(SqliteForeignKey::initiallyDeferred)
                    .matches(key -> key.parentTable().equals("TI"));
            assertThat(table.checks()).hasSize(1);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void keepsWhatThePragmasKnowOfATableThatItCannotParse() throws SQLException {
        for (String text : List.of("create table t(a int", "create table t(a int, c)", "create view t as select 1")) {
            // SQLite goes on with the schema that it has read before.
            Catalog catalog = catalog(
                    "drop table if exists t",
                    "create table t(a int not null default 5, b text unique, primary key (b, a), check (a > 0))",
                    "pragma writable_schema = on",
                    "update sqlite_schema set sql = '" + text + "' where name = 't'");
            SqliteTable table = catalog.table("t").orElseThrow();

            assertThat(table.parsed()).isFalse();
            assertThat(table.columns()).extracting(SqliteColumn::name).containsExactly("a", "b");
            assertThat(value(table, "a")).isEqualTo(new Expression.IntegerLiteral(5));
            assertThat(table.primaryKey().orElseThrow().columns()).containsExactly("b", "a");
            assertThat(table.indexes()).hasSize(2);
            assertThat(table.checks()).isEmpty();
            folder = folder.resolve("next");
            assertThat(folder.toFile().mkdir()).isTrue();
        }
    }

    @Test
    void leavesTheFileAlone() throws SQLException, IOException {
        catalog("create table t(id integer primary key autoincrement, a)", "insert into t(a) values (1)");
        byte[] before = Files.readAllBytes(folder.resolve("source.db"));

        catalog();

        assertThat(Files.readAllBytes(folder.resolve("source.db"))).isEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void throwsWhereTheSchemaIsDamaged() throws SQLException, IOException {
        catalog("create table t(a)", "create table u(a, b)");
        Path file = folder.resolve("source.db");
        byte[] content = Files.readAllBytes(file);
        content[100] = 0x77;
        Files.write(file, content);

        assertThatExceptionOfType(SQLException.class).isThrownBy(this::catalog);
    }
}
