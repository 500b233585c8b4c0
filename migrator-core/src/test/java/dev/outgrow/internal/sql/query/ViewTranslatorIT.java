package dev.outgrow.internal.sql.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.proof.Finding;
import dev.outgrow.internal.proof.ViewProof;
import dev.outgrow.internal.sql.NastyTable;
import dev.outgrow.internal.sqlite.catalog.SqliteView;
import dev.outgrow.internal.sqlite.ddl.CreateView;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Makes each view in both databases, and compares their rows. */
@ExtendWith(TestPostgres.class)
class ViewTranslatorIT {
    private static @Nullable NastyTable opened;

    @BeforeAll
    static void fillsBothTables(TestDatabase database) throws SQLException {
        opened = NastyTable.in(database);
    }

    @AfterAll
    static void closesBoth() throws SQLException {
        table().close();
    }

    private static NastyTable table() {
        if (opened == null) {
            throw new IllegalStateException("not opened");
        }
        return opened;
    }

    /** Makes a view in SQLite, and reads it as the catalog does. */
    private static SqliteView view(String name, String query) throws SQLException, DdlSyntaxException {
        String sql = "CREATE VIEW \"" + name + "\" AS " + query;
        try (Statement statement = table().sqlite().createStatement()) {
            statement.execute("DROP VIEW IF EXISTS \"" + name + "\"");
            statement.execute(sql);
            List<SqliteView.Column> columns = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT name, type FROM pragma_table_info('" + name + "')")) {
                while (rows.next()) {
                    columns.add(new SqliteView.Column(rows.getString(1), rows.getString(2)));
                }
            }
            CreateView parsed = DdlParser.view(sql);
            return new SqliteView(name, sql, columns, "", List.of(), Optional.of(parsed.select()));
        }
    }

    private static List<ViewTranslator.Result> translated(SqliteView... views) {
        return ViewTranslator.translate(List.of(table().relation()), List.of(views), (view, name) -> name);
    }

    private static void make(ViewTranslator.Translated view) throws SQLException {
        try (Statement statement = table().postgres().createStatement()) {
            statement.execute("DROP VIEW IF EXISTS \"" + view.relation().targetName() + "\" CASCADE");
            statement.execute(view.create());
        }
    }

    @ParameterizedTest
    @DisplayName("Views")
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "SELECT id, s || '!' AS \"Loud\", i > j FROM t WHERE f",
                "SELECT t.*, 1 AS one FROM t WHERE NOT f",
                "SELECT a.id, b.id AS other FROM t a, t AS b JOIN t c ON c.id = b.id WHERE a.i = b.id AND a.id < 50",
                "SELECT a.id, b.s FROM t a LEFT JOIN t b ON a.j = b.id AND b.f = 1",
                "SELECT a.id FROM t a INNER JOIN (t b INNER JOIN t c ON b.id = c.id) ON a.id = c.id WHERE b.i NOT NULL",
                "SELECT id, s FROM t a JOIN t b USING (id, s)",
                "SELECT i, count(*), count(s), count(DISTINCT s), sum(j), total(j), avg(j), min(r), max(s) FROM t GROUP BY i",
                "SELECT s, sum(n) AS total_n, avg(n), sum(r) FROM t GROUP BY s HAVING count(*) > 1",
                "SELECT sum(n * i * (1 - r)) AS x FROM t GROUP BY j",
                "SELECT strftime('%Y', d) AS y, count(*) FROM t GROUP BY strftime('%Y', d)",
                "SELECT strftime('%Y', d) AS y, max(ts) FROM t GROUP BY y",
                "SELECT i, j, count(*) c FROM t GROUP BY 1, 2",
                "SELECT count(*) FROM t WHERE d BETWEEN '1990-01-01' AND '2010-12-31'",
                "SELECT id, (SELECT count(*) FROM t b WHERE b.i = t.id) AS c, (SELECT max(b.s) FROM t b) m FROM t",
                "SELECT id, (SELECT b.s FROM t b WHERE b.id = t.i) AS s FROM t",
                "SELECT id FROM t WHERE EXISTS (SELECT 1 FROM t b WHERE b.id = t.i) AND id NOT IN (SELECT b.i FROM t b WHERE b.i NOT NULL)",
                "SELECT s FROM t UNION SELECT u FROM t",
                "SELECT id, 'a' AS kind FROM t WHERE f UNION ALL SELECT id, 'b' FROM t WHERE NOT f UNION ALL SELECT id, NULL FROM t WHERE f IS NULL",
                "SELECT i FROM t EXCEPT SELECT j FROM t",
                "SELECT i FROM t INTERSECT SELECT j FROM t",
                "SELECT DISTINCT i, s FROM t ORDER BY i DESC",
                "SELECT id, s FROM t ORDER BY s, id LIMIT 20",
                "SELECT id, s FROM t ORDER BY 2 DESC, 1 LIMIT 10 OFFSET 5",
                "WITH big AS (SELECT id, i FROM t WHERE i > 5), named(a, b) AS (SELECT id, i * 2 FROM big) SELECT a, b FROM named",
                "SELECT x.id, x.double FROM (SELECT id, i * 2 AS double FROM t) x WHERE x.double > 4",
                "SELECT id, row_number() OVER (ORDER BY id DESC) AS rn, sum(i) OVER (PARTITION BY f ORDER BY id) FROM t",
                "SELECT id, lag(i) OVER w, rank() OVER (ORDER BY s, i) FROM t WINDOW w AS (ORDER BY id)",
                "SELECT id, sum(j) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS s FROM t",
                "SELECT i, count(*) FILTER (WHERE f) FROM t GROUP BY i",
                "SELECT f, group_concat(s, '; ' ORDER BY id) FROM t GROUP BY f",
                "SELECT f, group_concat(DISTINCT s), count(*) FROM t GROUP BY f HAVING count(*) > 1",
                "SELECT group_concat(DISTINCT i % 7) FROM t WHERE id > 4",
                "SELECT id, (SELECT group_concat(DISTINCT b.s) FROM t b WHERE b.f = a.f) FROM t a WHERE id < 40",
                "SELECT group_concat(DISTINCT s ORDER BY s DESC) FROM t",
                "SELECT group_concat(s) FROM (SELECT DISTINCT s FROM t ORDER BY s)",
                "SELECT id FROM t ORDER BY random()",
                "SELECT id, i * 2 AS twice FROM t WHERE twice > 4",
                "SELECT id, CASE WHEN f THEN 'yes' ELSE 'no' END FROM t",
                "SELECT id, nc, b, ux, uu, d FROM t WHERE ux > 100",
                "SELECT min(d), max(ts), min(n) FROM t",
                "SELECT id, f, f + 0, f IS NULL FROM t",
                "SELECT id AS \"Weird \"\"name\", s AS \"select\" FROM t",
                "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 50) SELECT x, t.s FROM n LEFT JOIN t ON t.id = x",
                "WITH RECURSIVE up(id, above, path) AS (SELECT id, j, '/' || id FROM t WHERE id < 4 UNION SELECT t.id, t.j,"
                        + " path || '/' || t.id FROM t JOIN up ON t.id = up.above WHERE length(path) < 30) SELECT * FROM up AS tree WHERE path <> '/'",
                "VALUES (1, 'a'), (2, NULL)",
                "SELECT s FROM t WHERE id < 3 UNION ALL VALUES ('x'), ('y')",
                "SELECT id, s FROM t UNION ALL SELECT j, u FROM t WHERE id < 9 ORDER BY 1 DESC, s LIMIT 20",
                "SELECT i FROM t UNION SELECT j FROM t ORDER BY i LIMIT 3 OFFSET 1",
                "SELECT a.id, a.s, a.nc, count(b.id) AS n FROM t a LEFT JOIN t b ON b.i = a.id GROUP BY a.id HAVING a.i IS NOT NULL ORDER BY a.d, a.id",
                "SELECT t.*, count(*) AS n FROM t GROUP BY rowid",
                "SELECT i, count(DISTINCT nc), count(DISTINCT s), count(DISTINCT f) FROM t GROUP BY i",
                "SELECT id, nth_value(s, 2) OVER (ORDER BY id) AS second FROM t",
                "SELECT id FROM t WHERE s IN (SELECT b.u FROM t b WHERE b.id > t.id) LIMIT -1",
                "SELECT ALL id, datetime(ts, '+1 day') FROM t WHERE ts < datetime('now')"
            })
    void givesTheSameRows(String query) throws SQLException, DdlSyntaxException, InterruptedException {
        ViewTranslator.Result result = translated(view("v", query)).get(0);
        assertThat(result).as(query).isInstanceOf(ViewTranslator.Translated.class);
        ViewTranslator.Translated translated = (ViewTranslator.Translated) result;
        make(translated);
        Finding finding = ViewProof.prove(table().sqlite(), table().postgres(), translated, Optional.empty());
        assertThat(finding.agrees()).as(translated.create() + "\n" + finding).isTrue();
        assertThat(finding.sourceRows()).as("rows to compare").isPositive();
    }

    @Test
    @DisplayName("A view over views comes after them, in whatever order they are given")
    void ordersViewsByWhatTheyRead() throws SQLException, DdlSyntaxException, InterruptedException {
        SqliteView base = view("base", "SELECT id, i / 2 AS half, f, n * 2 AS twice FROM t");
        SqliteView middle = view("Middle One", "SELECT id, half + 1 AS more, f, twice FROM base WHERE f");
        SqliteView top = view("a_top", "SELECT count(*), sum(more), sum(twice) FROM [middle one]");
        SqliteView lost = view("lost", "SELECT sqlite_version() AS x FROM t");
        SqliteView orphan = view("also_lost", "SELECT x FROM lost");
        List<ViewTranslator.Result> results = translated(orphan, top, middle, lost, base);
        assertThat(results)
                .extracting(result -> result.view().name())
                .containsExactly("base", "Middle One", "a_top", "also_lost", "lost");
        for (ViewTranslator.Result result : results.subList(0, 3)) {
            ViewTranslator.Translated translated = (ViewTranslator.Translated) result;
            make(translated);
            Finding finding = ViewProof.prove(table().sqlite(), table().postgres(), translated, Optional.empty());
            assertThat(finding.agrees())
                    .as(translated.create() + "\n" + finding)
                    .isTrue();
        }
        assertThat(results.subList(3, 5)).hasOnlyElementsOfType(ViewTranslator.Untranslatable.class);
    }

    @ParameterizedTest
    @DisplayName("What PostgreSQL has no counterpart for is named")
    @ValueSource(
            strings = {
                "SELECT i, s FROM t GROUP BY i",
                "SELECT id, max(i), s FROM t",
                "SELECT * FROM t GROUP BY s",
                "SELECT value FROM json_each('[1]')",
                "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n ORDER BY 1 LIMIT 5) SELECT x FROM n",
                "WITH RECURSIVE n(x) AS (SELECT NULL UNION ALL SELECT 1 FROM n WHERE x IS NULL) SELECT x FROM n",
                "VALUES (1), ('a')",
                "SELECT a.i, b.s, count(*) FROM t a JOIN t b ON a.id = b.j GROUP BY a.id",
                "SELECT nc, count(*) FROM t GROUP BY nc",
                "SELECT s FROM t UNION SELECT i FROM t",
                "SELECT count(DISTINCT rt) FROM t",
                "SELECT group_concat(s) FROM (SELECT DISTINCT s FROM t)",
                "SELECT group_concat(DISTINCT s ORDER BY id) FROM t",
                "SELECT group_concat(DISTINCT s) FROM (SELECT s FROM t ORDER BY id)",
                "SELECT group_concat(a.s) FROM t a JOIN (SELECT s FROM t LIMIT 3) b ON a.s = b.s",
                "SELECT id FROM t ORDER BY random() LIMIT 5",
                "SELECT id, random() FROM t",
                "SELECT id FROM t WHERE abs(random()) % 2 = 0",
                "SELECT a.id FROM t a JOIN t b ON a.id = b.id + random() % 2",
                "SELECT hex(randomblob(4)) FROM t",
                "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')",
                "SELECT name FROM sqlite_schema"
            })
    void namesWhatHasNoCounterpart(String query) throws SQLException, DdlSyntaxException {
        assertThat(translated(view("v", query))).singleElement().isInstanceOf(ViewTranslator.Untranslatable.class);
    }

    @Test
    @DisplayName("A view that another meaning got is named")
    void findsARowThatIsNotTheSame() throws SQLException, DdlSyntaxException, InterruptedException {
        SqliteView view = view("v", "SELECT id, s FROM t WHERE s LIKE 'a%'");
        ViewTranslator.Translated right =
                (ViewTranslator.Translated) translated(view).get(0);
        ViewTranslator.Translated wrong =
                new ViewTranslator.Translated(view, right.relation(), "SELECT id, s FROM t WHERE s LIKE 'a%'");
        assertThat(ViewProof.prove(table().sqlite(), table().postgres(), wrong, Optional.empty())
                        .outcome())
                .isEqualTo(Finding.Outcome.DISAGREES);
        ViewTranslator.Translated twice = new ViewTranslator.Translated(
                view,
                right.relation(),
                right.query() + " UNION ALL SELECT * FROM (SELECT id, s FROM t WHERE s = 'a' LIMIT 1) x");
        Finding finding = ViewProof.prove(table().sqlite(), table().postgres(), twice, Optional.empty());
        assertThat(finding.differing()).isEqualTo(1);
        assertThat(finding.targetRows()).isEqualTo(finding.sourceRows() + 1);
    }

    @Test
    void provesNothingByRowsThatAreOthersEachTime() throws SQLException, DdlSyntaxException, InterruptedException {
        SqliteView view = view("v", "SELECT random() AS x");
        ViewTranslator.Translated right = (ViewTranslator.Translated)
                translated(view("v", "SELECT 1 AS x")).get(0);
        view("v", "SELECT random() AS x");
        ViewTranslator.Translated random =
                new ViewTranslator.Translated(view, right.relation(), "SELECT (random() * 1e15)::bigint AS x");
        assertThat(ViewProof.prove(table().sqlite(), table().postgres(), random, Optional.empty())
                        .agrees())
                .isFalse();
    }

    /** Whether the recursion ends is known only by trying. */
    @ParameterizedTest
    @DisplayName("A recursion without an end fails its proof, and the connections are whole afterwards")
    @ValueSource(strings = {"x", "count(*)"})
    void endsTheProofOfAnEndlessRecursion(String column) throws SQLException, DdlSyntaxException, InterruptedException {
        String recursion = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x % 2 + 1 FROM n WHERE x < 5) ";
        for (boolean inSqlite : new boolean[] {true, false}) {
            SqliteView endless = view("v", recursion + "SELECT " + column + " AS x FROM n");
            ViewTranslator.Translated translated =
                    (ViewTranslator.Translated) translated(endless).get(0);
            if (!inSqlite) {
                view("v", "SELECT id AS x FROM t");
            }
            Finding finding = ViewProof.prove(
                    table().sqlite(), table().postgres(), translated, Optional.of(Duration.ofSeconds(1)));
            assertThat(finding.outcome()).isEqualTo(Finding.Outcome.FAILED);
            assertThat(finding.summary())
                    .isEqualTo((inSqlite ? "SQLite" : "PostgreSQL") + " did not come to its end within 1000 ms");
        }
        assertThat(NastyTable.values(table().sqlite(), "SELECT count(*) FROM t"))
                .isEqualTo(NastyTable.values(table().postgres(), "SELECT count(*) FROM t"));
    }
}
