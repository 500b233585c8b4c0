package dev.outgrow.internal.sqlite.catalog;

import static dev.outgrow.internal.sqlite.catalog.SourceSchema.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.outgrow.internal.sqlite.ddl.ConflictResolution;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Foreign keys, indexes and checks, and the names of everything. */
class ConstraintReaderTest {
    @TempDir
    Path folder;

    private Catalog catalog(String... statements) throws SQLException {
        return new SourceSchema(folder).catalog(statements);
    }

    private SqliteTable table(String... statements) throws SQLException {
        return new SourceSchema(folder).table(statements);
    }

    @Test
    @DisplayName("Reads foreign keys")
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
    @DisplayName("Reads names of every kind")
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
    @DisplayName("Reads unique, partial, descending, expression and collated indexes")
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
                        SqliteIndex.IndexTerm::column,
                        term -> term.expression().map(SqlText::text),
                        SqliteIndex.IndexTerm::collation,
                        SqliteIndex.IndexTerm::descending)
                .containsExactly(
                        tuple(Optional.empty(), Optional.of("lower(k)"), "BINARY", false),
                        tuple(Optional.of("n"), Optional.empty(), "BINARY", true),
                        tuple(Optional.of("k"), Optional.empty(), "BINARY", false),
                        tuple(Optional.empty(), Optional.of("(n || del)"), "NOCASE", false));
    }

    @Test
    @DisplayName("Reads checks with and without names")
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
    @DisplayName("Reads views and triggers")
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
}
