package dev.outgrow.internal.sqlite.catalog;

import static dev.outgrow.internal.sqlite.catalog.SourceSchema.column;
import static dev.outgrow.internal.sqlite.catalog.SourceSchema.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.outgrow.internal.sqlite.ddl.ConflictResolution;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.typemap.Affinity;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns, their defaults and the keys of rows. */
class TableReaderTest {
    @TempDir
    Path folder;

    private Catalog catalog(String... statements) throws SQLException {
        return new SourceSchema(folder).catalog(statements);
    }

    private SqliteTable table(String... statements) throws SQLException {
        return new SourceSchema(folder).table(statements);
    }

    @Test
    @DisplayName("Keeps NOT NULL, its name and its conflict clause")
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
    @DisplayName("Gives the columns of a primary key in the declared order")
    void keepsTheOrderOfAPrimaryKey() throws SQLException {
        SqliteTable table = table("create table t(a, b, c, constraint pk_t primary key (c, a) on conflict ignore)");

        SqlitePrimaryKey key = table.primaryKey().orElseThrow();
        assertThat(key.columns()).containsExactly("c", "a");
        assertThat(key.constraintName()).contains("pk_t");
        assertThat(key.conflict()).contains(ConflictResolution.IGNORE);
        assertThat(table.rowidAlias()).isEmpty();
        assertThat(table.indexes())
                .singleElement()
                .matches(index -> index.origin() == SqliteIndex.MadeBy.PRIMARY_KEY)
                .matches(index -> index.constraintName().equals(Optional.of("pk_t")));
    }

    @Test
    @DisplayName("Knows WITHOUT ROWID, whose key refuses NULL")
    void knowsWithoutRowid() throws SQLException {
        SqliteTable table = table("create table t(k text primary key desc, n int, unique (n)) without rowid");

        assertThat(table.withoutRowid()).isTrue();
        assertThat(column(table, "k").source().notNull()).isTrue();
        assertThat(table.indexes())
                .extracting(SqliteIndex::origin)
                .containsExactly(SqliteIndex.MadeBy.PRIMARY_KEY, SqliteIndex.MadeBy.UNIQUE);
    }

    @Test
    @DisplayName("Tells a rowid alias from other integer keys")
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
    @DisplayName("Reads the high-water marks of AUTOINCREMENT")
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
    @DisplayName("Reads what EF Core writes")
    void readsTheKeyOfEfCore() throws SQLException {
        SqliteTable table =
                table("create table \"T x\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK_T\" PRIMARY KEY AUTOINCREMENT)");

        assertThat(table.name()).isEqualTo("T x");
        assertThat(table.autoincrement()).isTrue();
        assertThat(table.primaryKey().orElseThrow().constraintName()).contains("PK_T");
        assertThat(table.rowidAlias()).map(SqliteColumn::name).contains("Id");
    }

    @Test
    @DisplayName("Keeps defaults as written, and knows what they mean")
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
        assertThat(value(table, "a")).isEqualTo(new Expression.CurrentTime(Expression.CurrentTime.Unit.TIMESTAMP));
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

    @Test
    @DisplayName("Reads generated columns")
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
    @DisplayName("Reads STRICT tables")
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
}
