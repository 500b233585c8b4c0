package dev.outgrow.internal.sqlite.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.outgrow.internal.sqlite.ddl.ConflictResolution;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.typemap.Affinity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogReaderTest {
    @TempDir
    Path folder;

    private Catalog catalog(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("source.db"));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
            return CatalogReader.read(connection);
        }
    }

    private SqliteTable table(String... statements) throws SQLException {
        List<SqliteTable> tables = catalog(statements).tables();
        assertThat(tables).allMatch(SqliteTable::parsed);
        return tables.get(tables.size() - 1);
    }

    private static SqliteColumn column(SqliteTable table, String name) {
        return table.column(name).orElseThrow();
    }

    @Test
    @DisplayName("S1 keeps NOT NULL, its name and its conflict clause")
    void keepsNotNull() throws SQLException {
        SqliteTable table = table(
                "create table t(a text not null, b text, c constraint cn not null on conflict replace default 7, d null)");

        assertThat(table.columns())
                .extracting(
                        SqliteColumn::name,
                        column -> column.source().notNull(),
                        SqliteColumn::notNullName,
                        SqliteColumn::notNullConflict)
                .containsExactly(
                        tuple("a", true, Optional.empty(), Optional.empty()),
                        tuple("b", false, Optional.empty(), Optional.empty()),
                        tuple("c", true, Optional.of("cn"), Optional.of(ConflictResolution.REPLACE)),
                        tuple("d", false, Optional.empty(), Optional.empty()));
    }

    @Test
    @DisplayName("S2 gives the columns of a primary key in the declared order")
    void keepsTheOrderOfAPrimaryKey() throws SQLException {
        SqliteTable table = table("create table t(a, b, c, constraint pk_t primary key (c, a) on conflict ignore)");

        SqlitePrimaryKey key = table.primaryKey().orElseThrow();
        assertThat(key.columns()).containsExactly("c", "a");
        assertThat(key.constraintName()).contains("pk_t");
        assertThat(key.conflict()).contains(ConflictResolution.IGNORE);
        assertThat(table.rowidAlias()).isEmpty();
        assertThat(table.indexes())
                .singleElement()
                .matches(index -> index.origin() == SqliteIndex.Origin.PRIMARY_KEY)
                .matches(index -> index.constraintName().equals(Optional.of("pk_t")));
    }

    @Test
    @DisplayName("S3 knows WITHOUT ROWID, whose key refuses NULL")
    void knowsWithoutRowid() throws SQLException {
        SqliteTable table = table("create table t(k text primary key desc, n int, unique (n)) without rowid");

        assertThat(table.withoutRowid()).isTrue();
        assertThat(column(table, "k").source().notNull()).isTrue();
        assertThat(table.indexes())
                .extracting(SqliteIndex::origin)
                .containsExactly(SqliteIndex.Origin.PRIMARY_KEY, SqliteIndex.Origin.UNIQUE);
    }

    @Test
    @DisplayName("S4 tells a rowid alias from other integer keys")
    void tellsRowidAliases() throws SQLException {
        Catalog catalog = catalog(
                "create table a1(id integer primary key)",
                "create table a2(id INTEGER, primary key(id desc))",
                "create table a3(id \"integer\" primary key asc)",
                "create table n1(id integer primary key desc)",
                "create table n2(id int primary key)",
                "create table n3(id integer primary key) without rowid",
                "create table n4(id integer, b, primary key(id, b))");

        assertThat(catalog.tables().stream()
                        .filter(table -> table.rowidAlias().isPresent())
                        .map(SqliteTable::name))
                .containsExactly("a1", "a2", "a3");
        assertThat(catalog.table("A1")
                        .orElseThrow()
                        .column("ID")
                        .orElseThrow()
                        .source()
                        .notNull())
                .isTrue();
    }

    @Test
    @DisplayName("S5 S6 S7 reads the high-water marks of AUTOINCREMENT")
    void readsSequences() throws SQLException {
        Catalog catalog = catalog(
                "create table Used(id integer primary key autoincrement, v)",
                "create table empty(id integer primary key autoincrement)",
                "create table negative(id integer primary key autoincrement)",
                "insert into used values (1, ''), (100, '')",
                "delete from used where id = 100",
                "insert into negative values (-5)");

        assertThat(catalog.sequence("used")).hasValue(100);
        assertThat(catalog.sequence("empty")).isEmpty();
        assertThat(catalog.sequence("negative")).hasValue(0);
        assertThat(catalog.tables()).allMatch(SqliteTable::autoincrement);
        assertThat(catalog.systemTables()).containsExactly("sqlite_sequence");
    }

    @Test
    @DisplayName("S8 reads what EF Core writes")
    void readsTheKeyOfEfCore() throws SQLException {
        SqliteTable table =
                table("create table \"T x\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK_T\" PRIMARY KEY AUTOINCREMENT)");

        assertThat(table.name()).isEqualTo("T x");
        assertThat(table.autoincrement()).isTrue();
        assertThat(table.primaryKey().orElseThrow().constraintName()).contains("PK_T");
        assertThat(table.rowidAlias()).map(SqliteColumn::name).contains("Id");
    }

    @Test
    @DisplayName("S10 S11 S12 S13 S14 keeps defaults as written, and knows what they mean")
    void keepsDefaults() throws SQLException {
        SqliteTable table = table("""
                create table t(
                  a default current_timestamp, b default (datetime('now')), c integer default (strftime('%s', 'now')),
                  d default 'it''s', e default "dq", f default '', g default x'00ff', h default -1, i default 1e3,
                  j default (1 + 2), k default 'NULL', l default null, m int default 'null', n numeric default false,
                  o default +5, p default [br], q default bare, r default (/* why */ 1), s default -9223372036854775808,
                  t, u default `tick`)
                """);

        assertThat(table.columns())
                .extracting(column -> column.defaultValue().map(SqlText::text).orElse("-"))
                .containsExactly(
                        "current_timestamp",
                        "datetime('now')",
                        "strftime('%s', 'now')",
                        "'it''s'",
                        "\"dq\"",
                        "''",
                        "x'00ff'",
                        "-1",
                        "1e3",
                        "1 + 2",
                        "'NULL'",
                        "null",
                        "'null'",
                        "false",
                        "+5",
                        "[br]",
                        "bare",
                        "/* why */ 1",
                        "-9223372036854775808",
                        "-",
                        "`tick`");
        assertThat(value(table, "a")).isEqualTo(new Expression.CurrentTime(Expression.CurrentTime.Kind.TIMESTAMP));
        assertThat(value(table, "d")).isEqualTo(new Expression.StringLiteral("it's"));
        assertThat(value(table, "e")).isEqualTo(new Expression.StringLiteral("dq"));
        assertThat(value(table, "g")).isEqualTo(new Expression.BlobLiteral("00ff"));
        assertThat(value(table, "i")).isEqualTo(new Expression.RealLiteral(1000, "1e3"));
        assertThat(value(table, "l")).isEqualTo(new Expression.NullLiteral());
        assertThat(value(table, "n")).isEqualTo(new Expression.BooleanLiteral(false));
        assertThat(value(table, "p")).isEqualTo(new Expression.StringLiteral("br"));
        assertThat(value(table, "q")).isEqualTo(new Expression.StringLiteral("bare"));
        assertThat(value(table, "s")).isEqualTo(new Expression.IntegerLiteral(Long.MIN_VALUE));
        assertThat(value(table, "u")).isEqualTo(new Expression.StringLiteral("tick"));
    }

    private static Expression value(SqliteTable table, String column) {
        return column(table, column).defaultValue().orElseThrow().expression().orElseThrow();
    }

    @Test
    @DisplayName("S15 S16 S19 reads foreign keys")
    void readsForeignKeys() throws SQLException {
        SqliteTable table = table(
                "create table Parent(Id integer primary key, x, y, unique (x, y))",
                "create table pair(b, a, primary key (b, a))",
                """
                create table t(
                  id integer primary key,
                  p constraint fk_p references PARENT on delete cascade on update set null,
                  q references parent(ID) deferrable initially deferred,
                  u, v, w references t(id) not deferrable initially deferred,
                  gone references nowhere,
                  constraint fk_xy foreign key (u, v) references Parent(X, y) match full on delete set default,
                  foreign key (v, u) references pair deferrable,
                  foreign key (w) references pair on delete restrict on update no action)
                """);

        assertThat(table.foreignKeys())
                .extracting(
                        SqliteForeignKey::constraintName,
                        SqliteForeignKey::columns,
                        SqliteForeignKey::parentTable,
                        SqliteForeignKey::parentColumns,
                        SqliteForeignKey::implicitParent)
                .containsExactly(
                        tuple(Optional.of("fk_p"), List.of("p"), "Parent", List.of("Id"), true),
                        tuple(Optional.empty(), List.of("q"), "Parent", List.of("Id"), false),
                        tuple(Optional.empty(), List.of("w"), "t", List.of("id"), false),
                        tuple(Optional.empty(), List.of("gone"), "nowhere", List.of(), true),
                        tuple(Optional.of("fk_xy"), List.of("u", "v"), "Parent", List.of("x", "y"), false),
                        tuple(Optional.empty(), List.of("v", "u"), "pair", List.of("b", "a"), true),
                        tuple(Optional.empty(), List.of("w"), "pair", List.of(), true));
        assertThat(table.foreignKeys())
                .extracting(
                        SqliteForeignKey::onDelete,
                        SqliteForeignKey::onUpdate,
                        SqliteForeignKey::deferrable,
                        SqliteForeignKey::initiallyDeferred,
                        SqliteForeignKey::match)
                .containsExactly(
                        tuple(ReferentialAction.CASCADE, ReferentialAction.SET_NULL, false, false, Optional.empty()),
                        tuple(ReferentialAction.NO_ACTION, ReferentialAction.NO_ACTION, true, true, Optional.empty()),
                        tuple(ReferentialAction.NO_ACTION, ReferentialAction.NO_ACTION, false, false, Optional.empty()),
                        tuple(ReferentialAction.NO_ACTION, ReferentialAction.NO_ACTION, false, false, Optional.empty()),
                        tuple(
                                ReferentialAction.SET_DEFAULT,
                                ReferentialAction.NO_ACTION,
                                false,
                                false,
                                Optional.of("full")),
                        tuple(ReferentialAction.NO_ACTION, ReferentialAction.NO_ACTION, true, false, Optional.empty()),
                        tuple(ReferentialAction.RESTRICT, ReferentialAction.NO_ACTION, false, false, Optional.empty()));
    }

    @Test
    void numbersForeignKeysAsTheForeignKeyCheckDoes() throws SQLException {
        SqliteTable table = table("create table t(id integer primary key, a references t, b references t(id))");

        assertThat(table.foreignKeys())
                .extracting(SqliteForeignKey::id, SqliteForeignKey::columns)
                .containsExactly(tuple(1, List.of("a")), tuple(0, List.of("b")));
    }

    @Test
    @DisplayName("S21 S24 reads names of every kind")
    void readsOddNames() throws SQLException {
        Catalog catalog = catalog(
                "create table \"order\"(\"select\" int primary key, [group] text, `user` references \"order\", 'references' x)",
                "create table \"a\"\"b\"(\"c\"\"d\" text not null unique, \"\" int check (\"\" > 0), `e``f`, [g.h-i])",
                "create index \"in\"\"dex\" on \"a\"\"b\"(\"c\"\"d\", [g.h-i] desc)",
                "create table 'it''s'(\"naïve été\" text collate nocase, \"日本\" text default '語')");

        assertThat(catalog.tables())
                .allMatch(SqliteTable::parsed)
                .extracting(
                        SqliteTable::name,
                        table ->
                                table.columns().stream().map(SqliteColumn::name).toList())
                .containsExactly(
                        tuple("order", List.of("select", "group", "user", "references")),
                        tuple("a\"b", List.of("c\"d", "", "e`f", "g.h-i")),
                        tuple("it's", List.of("naïve été", "日本")));
        assertThat(catalog.table("a\"B").orElseThrow().indexes())
                .extracting(SqliteIndex::name)
                .contains("in\"dex");
        assertThat(catalog.table("a\"b").orElseThrow().checks())
                .singleElement()
                .matches(check -> check.column().equals(Optional.of("")));
        assertThat(column(catalog.table("it's").orElseThrow(), "naïve été")
                        .source()
                        .collation())
                .isEqualTo("NOCASE");
    }

    @Test
    @DisplayName("S25 S26 S27 reads unique, partial, descending, expression and collated indexes")
    void readsIndexes() throws SQLException {
        SqliteTable table = table(
                """
                create table t(k text collate nocase constraint uk unique on conflict replace, n, del,
                  constraint un unique (n collate rtrim, del), unique (k))
                """,
                "create unique index live on t(n) where del = 0 -- only these",
                "create index mixed on t(lower(k), n desc, k collate binary, (n || del) collate nocase)");

        assertThat(table.indexes())
                .extracting(SqliteIndex::name, SqliteIndex::unique, SqliteIndex::constraintName, SqliteIndex::conflict)
                .containsExactly(
                        tuple("sqlite_autoindex_t_1", true, Optional.of("uk"), Optional.of(ConflictResolution.REPLACE)),
                        tuple("sqlite_autoindex_t_2", true, Optional.of("un"), Optional.empty()),
                        tuple("live", true, Optional.empty(), Optional.empty()),
                        tuple("mixed", false, Optional.empty(), Optional.empty()));
        assertThat(table.indexes().get(0).terms().get(0).collation()).isEqualTo("NOCASE");
        assertThat(table.indexes().get(1).terms().get(0).collation()).isEqualTo("RTRIM");
        assertThat(table.indexes().get(2).predicate()).map(SqlText::text).contains("del = 0");
        assertThat(table.indexes().get(3).terms())
                .extracting(
                        SqliteIndex.Term::column,
                        term -> term.expression().map(SqlText::text),
                        SqliteIndex.Term::collation,
                        SqliteIndex.Term::descending)
                .containsExactly(
                        tuple(Optional.empty(), Optional.of("lower(k)"), "BINARY", false),
                        tuple(Optional.of("n"), Optional.empty(), "BINARY", true),
                        tuple(Optional.of("k"), Optional.empty(), "BINARY", false),
                        tuple(Optional.empty(), Optional.of("(n || del)"), "NOCASE", false));
    }

    @Test
    @DisplayName("S29 reads checks with and without names")
    void readsChecks() throws SQLException {
        SqliteTable table = table("""
                create table t(
                  n int check (n > 0 /* ) */) constraint small check(n < 10),
                  s text check (s in ('a', ')')),
                  constraint both check (n is not null or s is not null) on conflict fail
                  check (length(s) < 100)
                  constraint dated check (datetime(s) is s))
                """);

        assertThat(table.checks())
                .extracting(
                        SqliteCheck::constraintName,
                        SqliteCheck::column,
                        check -> check.condition().text())
                .containsExactly(
                        tuple(Optional.empty(), Optional.of("n"), "n > 0"),
                        tuple(Optional.of("small"), Optional.of("n"), "n < 10"),
                        tuple(Optional.empty(), Optional.of("s"), "s in ('a', ')')"),
                        tuple(Optional.of("both"), Optional.empty(), "n is not null or s is not null"),
                        tuple(Optional.empty(), Optional.empty(), "length(s) < 100"),
                        tuple(Optional.of("dated"), Optional.empty(), "datetime(s) is s"));
        assertThat(table.checks())
                .allMatch(check -> check.condition().expression().isPresent());
    }

    @Test
    @DisplayName("S30 reads generated columns")
    void readsGeneratedColumns() throws SQLException {
        SqliteTable table = table("""
                create table t(a int, v int generated always as (a * 2) virtual, s text as (a || 'x') stored not null,
                  w as (abs(a)), generated text)
                """);

        assertThat(table.columns())
                .extracting(
                        SqliteColumn::name,
                        column -> column.source().declaredType(),
                        column -> column.source().generated(),
                        column -> column.generation()
                                .map(generation -> generation.expression().text()),
                        column -> column.generation().map(SqliteColumn.Generation::stored))
                .containsExactly(
                        tuple("a", "INT", false, Optional.empty(), Optional.empty()),
                        tuple("v", "INT", true, Optional.of("a * 2"), Optional.of(false)),
                        tuple("s", "TEXT", true, Optional.of("a || 'x'"), Optional.of(true)),
                        tuple("w", "", true, Optional.of("abs(a)"), Optional.of(false)),
                        tuple("generated", "TEXT", false, Optional.empty(), Optional.empty()));
    }

    @Test
    @DisplayName("S31 reads views and triggers")
    void readsViewsAndTriggers() throws SQLException {
        Catalog catalog = catalog(
                "create table t(a int, b varchar(3))",
                "create view plain as select a, b || 'x' as c from t where a > 1",
                "create view named(x, y) as with w(p) as (select a from t) select p, count(*) from w group by 1",
                "create view broken as select * from gone",
                "create trigger touched after update of a, b on t for each row when new.a > 1 begin select 1; end",
                "create trigger instead instead of delete on plain begin delete from t; end",
                "create trigger early insert on t begin select raise(abort, 'no'); end");

        assertThat(catalog.views())
                .allMatch(view -> view.select().isPresent())
                .extracting(SqliteView::name, SqliteView::columns, SqliteView::namedColumns)
                .containsExactly(
                        tuple(
                                "plain",
                                List.of(new SqliteView.Column("a", "INT"), new SqliteView.Column("c", "")),
                                List.of()),
                        tuple(
                                "named",
                                List.of(new SqliteView.Column("x", "INT"), new SqliteView.Column("y", "")),
                                List.of("x", "y")),
                        tuple("broken", List.of(), List.of()));
        assertThat(catalog.triggers())
                .extracting(SqliteTrigger::name, SqliteTrigger::table, SqliteTrigger::event)
                .containsExactly(
                        tuple("touched", "t", Optional.of("AFTER UPDATE OF a, b")),
                        tuple("instead", "plain", Optional.of("INSTEAD OF DELETE")),
                        tuple("early", "t", Optional.of("BEFORE INSERT")));
    }

    @Test
    @DisplayName("S32 knows virtual tables and their shadow tables")
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
    @DisplayName("S32 finds the columns of full-text tables whose tokenizer is not there")
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
    @DisplayName("S32 lives with modules that are not there")
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
    @DisplayName("S33 sets SQLite's own tables apart")
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
    @DisplayName("S35 reads STRICT tables")
    void readsStrictTables() throws SQLException {
        SqliteTable table = table("create table t(id integer primary key, a any, b text not null) strict");

        assertThat(table.strict()).isTrue();
        assertThat(column(table, "a").source().affinity()).isEqualTo(Affinity.BLOB);
        assertThat(column(table, "a").source().strict()).isTrue();
        assertThat(column(table("create table loose(a any)"), "a").source().affinity())
                .isEqualTo(Affinity.NUMERIC);
    }

    @Test
    void readsTablesThatWereAltered() throws SQLException {
        SqliteTable table = table(
                """
                create table old(a int, -- the first, with "quotes" and (
                  b text /* no comma here, */ check (b <> ',')  -- trailing
                , constraint c unique (a)
                )
                """,
                "alter table old add column c text not null default 'x,y)' collate nocase",
                "alter table old rename to \"new one\"",
                "alter table \"new one\" rename column b to \"b'b\"",
                "alter table \"new one\" add column d references \"new one\"(a) check (d > a)",
                "alter table \"new one\" drop column c");

        assertThat(table.name()).isEqualTo("new one");
        assertThat(table.columns()).extracting(SqliteColumn::name).containsExactly("a", "b'b", "d");
        assertThat(table.checks())
                .extracting(check -> check.condition().text())
                .containsExactly("\"b'b\" <> ','", "d > a");
        assertThat(table.foreignKeys())
                .singleElement()
                .extracting(SqliteForeignKey::parentTable)
                .isEqualTo("new one");
        assertThat(table.indexes())
                .singleElement()
                .matches(index -> index.constraintName().equals(Optional.of("c")));
    }

    @Test
    void readsTheColumnsOfCreateTableAs() throws SQLException {
        SqliteTable table = table(
                "create table a(\"x y\" varchar(9), b double, c)",
                "create table b as select *, 1 + 1, b as \"q\"\"q\" from a");

        assertThat(table.columns())
                .extracting(SqliteColumn::name, column -> column.source().affinity())
                .containsExactly(
                        tuple("x y", Affinity.TEXT),
                        tuple("b", Affinity.REAL),
                        tuple("c", Affinity.BLOB),
                        tuple("1 + 1", Affinity.BLOB),
                        tuple("q\"q", Affinity.REAL));
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
