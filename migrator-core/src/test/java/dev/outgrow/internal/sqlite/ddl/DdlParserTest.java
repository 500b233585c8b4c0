package dev.outgrow.internal.sqlite.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DdlParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "SELECT t.*, a AS b, c FROM main.t AS t WHERE (a > 1) GROUP BY a, b HAVING (count(*) > 1)",
                "SELECT DISTINCT a FROM t ORDER BY a DESC NULLS LAST, b LIMIT 10 OFFSET 5",
                "VALUES (1, 2), (3, 4)",
                "SELECT a FROM t UNION SELECT b FROM u UNION ALL VALUES (1) INTERSECT SELECT 1 EXCEPT SELECT 2",
                "WITH a AS (SELECT 1), b(x, y) AS NOT MATERIALIZED (SELECT 1, 2) SELECT * FROM (a, COMMA JOIN b)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT (i + 1) FROM n) SELECT i FROM n",
                "SELECT * FROM (a LEFT JOIN b ON (a.x = b.x) NATURAL INNER JOIN c CROSS JOIN d USING (x, y))",
                "SELECT * FROM (a RIGHT JOIN (SELECT 1) AS s FULL JOIN (c INNER JOIN d) AS e)",
                "SELECT * FROM json_each('[1]', '$') AS j",
                "SELECT sum(a) OVER w FROM t WINDOW w AS ( PARTITION BY b ORDER BY c), v AS (w)",
                "SELECT sum(a) OVER ( ORDER BY b ROWS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE TIES) FROM t",
                "SELECT sum(a) OVER (w RANGE CURRENT ROW EXCLUDE NO OTHERS) FROM t",
                "SELECT (SELECT 1), EXISTS (SELECT 2)",
                "SELECT \"a\"\"b\" AS [c d], `e` AS 'f'"
            })
    void readsQueries(String text) throws DdlSyntaxException {
        String expected = text.replace(", COMMA JOIN", ",");
        String given = FullyParenthesized.sql(query(expected.replace("(a, b)", "a, b")));

        assertThat(given.replace(" ,", ",")).isEqualTo(expected);
        assertThat(query(given)).isEqualTo(query(expected));
    }

    private static Select query(String text) throws DdlSyntaxException {
        return DdlParser.view("CREATE VIEW v AS " + text).select();
    }

    @Test
    void readsQueriesAsPeopleWriteThem() throws DdlSyntaxException {
        assertThat(FullyParenthesized.sql(query("""
                        select all a x, b as 'y', count ( * ) z -- first
                        from t1 indexed by i, t2 t not indexed
                          natural left outer join (t3) as u
                          inner join t4 using(a)
                        where a limit 1, 2;
                        """)))
                .isEqualTo("SELECT a AS x, b AS 'y', count(*) AS z FROM (t1 , t2 AS t NATURAL LEFT JOIN t3 AS u"
                        + " INNER JOIN t4 USING (a)) WHERE a LIMIT 2 OFFSET 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select",
                "select from t",
                "select 1 from",
                "select 1 union",
                "select 1 limit",
                "select 1 order by",
                "values",
                "values ()",
                "with a select 1",
                "with a as select 1 select 2",
                "select * from t left",
                "select a b c",
                "select * from (t",
                "select * from t join",
                "select sum(a) over (rows) from t",
                "select 1 select 2",
                "(select 1)"
            })
    void refusesWhatIsNoQuery(String text) {
        assertThatExceptionOfType(DdlSyntaxException.class).isThrownBy(() -> query(text));
    }

    @Test
    void readsEveryConstraintOfAColumn() throws DdlSyntaxException {
        CreateTable table = DdlParser.table("""
                CREATE TEMP TABLE IF NOT EXISTS main."t"(
                  a UNSIGNED BIG INT(10, -2) CONSTRAINT p PRIMARY KEY DESC ON CONFLICT ROLLBACK AUTOINCREMENT
                    CONSTRAINT n NOT NULL ON CONFLICT ABORT NULL CONSTRAINT u UNIQUE ON CONFLICT FAIL
                    CONSTRAINT c CHECK (a > 0) CONSTRAINT d DEFAULT - 5 CONSTRAINT o COLLATE "NoCase"
                    CONSTRAINT r REFERENCES q (b) ON DELETE SET NULL ON UPDATE NO ACTION MATCH SIMPLE
                    CONSTRAINT x NOT DEFERRABLE INITIALLY IMMEDIATE DEFERRABLE INITIALLY DEFERRED
                    CONSTRAINT g GENERATED ALWAYS AS (a + 1) STORED CONSTRAINT trailing
                ) WITHOUT ROWID, STRICT""");

        CreateTable.ColumnDefinition column = table.columns().get(0);
        assertThat(table.name()).isEqualTo(new Name("t", Name.Quoting.DOUBLE));
        assertThat(table.withoutRowid()).isTrue();
        assertThat(table.strict()).isTrue();
        assertThat(column.type()).isEqualTo("UNSIGNED BIG INT(10, -2)");
        assertThat(column.constraints())
                .containsExactly(
                        new ColumnConstraint.PrimaryKey(
                                named("p"), true, Optional.of(ConflictResolution.ROLLBACK), true),
                        new ColumnConstraint.NotNull(named("n"), Optional.of(ConflictResolution.ABORT), false),
                        new ColumnConstraint.NotNull(Optional.empty(), Optional.empty(), true),
                        new ColumnConstraint.Unique(named("u"), Optional.of(ConflictResolution.FAIL)),
                        new ColumnConstraint.Check(named("c"), text("a > 0")),
                        new ColumnConstraint.Default(named("d"), text("- 5")),
                        new ColumnConstraint.Collation(named("o"), new Name("NoCase", Name.Quoting.DOUBLE)),
                        new ColumnConstraint.ForeignKey(
                                named("r"),
                                new Reference(
                                        new Name("q", Name.Quoting.NONE),
                                        List.of(new Name("b", Name.Quoting.NONE)),
                                        named("SIMPLE"),
                                        true,
                                        true)),
                        new ColumnConstraint.Generated(named("g"), text("a + 1"), true));
    }

    private static Optional<Name> named(String name) {
        return Optional.of(new Name(name, Name.Quoting.NONE));
    }

    private static SqlText text(String text) throws DdlSyntaxException {
        return new SqlText(text, Optional.of(DdlParser.expression(text)));
    }

    @Test
    void givesADeferralToTheForeignKeyBeforeIt() throws DdlSyntaxException {
        CreateTable table = DdlParser.table(
                "create table t(a references p not null deferrable initially deferred, b deferrable, c references q)");

        assertThat(table.columns().get(0).constraints().get(0))
                .isInstanceOfSatisfying(
                        ColumnConstraint.ForeignKey.class,
                        key -> assertThat(key.reference().initiallyDeferred()).isTrue());
        assertThat(table.columns().get(2).constraints().get(0))
                .isInstanceOfSatisfying(
                        ColumnConstraint.ForeignKey.class,
                        key -> assertThat(key.reference().deferrable()).isFalse());
    }

    @Test
    void keepsTheTextOfAnExpressionThatItDoesNotUnderstand() throws DdlSyntaxException {
        CreateTable table =
                DdlParser.table("create table t(a check (a ( b ) ^^c), b check (b > 0))".replace("^^", "[^] "));

        assertThat(((ColumnConstraint.Check)
                                table.columns().get(0).constraints().get(0))
                        .condition())
                .isEqualTo(new SqlText("a ( b ) [^] c", Optional.empty()));
        assertThat(((ColumnConstraint.Check)
                                table.columns().get(1).constraints().get(0))
                        .condition())
                .isEqualTo(text("b > 0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "create",
                "create table",
                "create table t",
                "create table t(",
                "create table t()",
                "create table t(a,)",
                "create table t(a",
                "create table t(a) x",
                "create table t(a) without",
                "create table t(a check)",
                "create table t(a check (a)",
                "create table t(a default)",
                "create table t(a references)",
                "create table t(unique (a))",
                "create table t(a, unique)",
                "create table t(a, constraint c, b)",
                "create table t(a int(1,2,3))",
                "create table t(a primary)",
                "create table t(a) as select 1",
                "create table t(a unique on conflict maybe)",
                "create table t as select 1",
                "create view v as select 1",
                "create table t(a references p on delete explode)",
                "drop table t"
            })
    void refusesWhatIsNoTable(String text) {
        assertThatExceptionOfType(DdlSyntaxException.class).isThrownBy(() -> DdlParser.table(text));
    }

    @Test
    void readsIndexes() throws DdlSyntaxException {
        CreateIndex index = DdlParser.index(
                "CREATE UNIQUE INDEX IF NOT EXISTS i ON t(a COLLATE nocase DESC, (b) ASC, 'c', lower(d) NULLS LAST, -e) WHERE a > 0");

        assertThat(index.unique()).isTrue();
        assertThat(index.terms())
                .extracting(
                        term -> term.value().text(),
                        term -> term.column().map(Name::text).orElse(""),
                        term -> term.collation().map(Name::text).orElse(""),
                        IndexedTerm::descending)
                .containsExactly(
                        tuple("a", "a", "nocase", true),
                        tuple("(b)", "b", "", false),
                        tuple("'c'", "c", "", false),
                        tuple("lower(d)", "", "", false),
                        tuple("-e", "", "", false));
        assertThat(index.where()).contains(text("a > 0"));
    }

    @Test
    void readsViews() throws DdlSyntaxException {
        CreateView view = DdlParser.view("CREATE TEMPORARY VIEW v(a, [b c]) AS\n  SELECT 1, 2 -- two\n");

        assertThat(view.columns()).extracting(Name::text).containsExactly("a", "b c");
        assertThat(view.selectText()).isEqualTo("SELECT 1, 2");
    }

    @Test
    void readsTheHeadsOfTriggers() throws DdlSyntaxException {
        CreateTrigger trigger = DdlParser.trigger(
                "CREATE TRIGGER tr INSTEAD OF UPDATE OF a, \"b\" ON main.v FOR EACH ROW WHEN new.a IS NOT old.a "
                        + "BEGIN UPDATE t SET a = 1; END");

        assertThat(trigger.time()).isEqualTo(CreateTrigger.Time.INSTEAD_OF);
        assertThat(trigger.event()).isEqualTo(CreateTrigger.Event.UPDATE);
        assertThat(trigger.columns()).extracting(Name::text).containsExactly("a", "b");
        assertThat(trigger.table().text()).isEqualTo("v");
        assertThat(trigger.when()).contains(text("new.a IS NOT old.a"));
        assertThat(trigger.body()).isEqualTo("BEGIN UPDATE t SET a = 1; END");
    }

    @Test
    void readsTheArgumentsOfModules() throws DdlSyntaxException {
        assertThat(DdlParser.virtualTable("CREATE VIRTUAL TABLE v USING fts5( a b , c='x, y', f(1, (2)) d,)")
                        .arguments())
                .containsExactly("a b", "c='x, y'", "f(1, (2)) d");
        assertThat(DdlParser.virtualTable("CREATE VIRTUAL TABLE v USING m").arguments())
                .isEmpty();
        assertThat(DdlParser.virtualTable("CREATE VIRTUAL TABLE v USING m()").arguments())
                .isEmpty();
    }

    @Test
    void saysWhereTheTextGoesWrong() {
        assertThatExceptionOfType(DdlSyntaxException.class)
                .isThrownBy(() -> DdlParser.table("create table t(a check x)"))
                .withMessage("Expected ( (at character 24)")
                .matches(thrown -> thrown.offset() == 23);
    }
}
