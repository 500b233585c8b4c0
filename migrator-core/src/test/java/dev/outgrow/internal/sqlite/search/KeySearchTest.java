package dev.outgrow.internal.sqlite.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.CensusTaker;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.RowRange;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeySearchTest {
    /** As many keys in any number of passes. */
    @Test
    void findsWhatIsOneInPartsAsInOnePass() throws SQLException {
        String rows = "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 499)";
        for (int mostDigests : new int[] {7, 100, 500, 1 << 20}) {
            assertThat(search(
                            mostDigests,
                            "CREATE TABLE t(k DATETIME, g INT, UNIQUE (g, k))",
                            "INSERT INTO t " + rows
                                    + " SELECT date('2000-01-01', i || ' days') || ' 00:00:00', i % 3 FROM n",
                            "INSERT INTO t " + rows
                                    + " SELECT date('2000-01-01', i || ' days'), i % 3 FROM n WHERE i % 10 = 0"))
                    .singleElement()
                    .satisfies(merged -> {
                        assertThat(merged.rows()).isEqualTo(100);
                        assertThat(merged.columns()).containsExactly("g", "k");
                        assertThat(merged.culprits()).containsExactly("k");
                        assertThat(merged.keys()).hasSize(5);
                        assertThat(merged.toldAsText()).isTrue();
                    });
        }
    }

    @Test
    void looksAtTheRowsOfAPartialIndexAlone() throws SQLException {
        String[] table = {
            "CREATE TABLE t(k BOOLEAN, live INT)", "INSERT INTO t VALUES (0, 1), ('f', 0), ('no', 0), (1, 1)"
        };
        assertThat(search(9, table[0], table[1], "CREATE UNIQUE INDEX i ON t(k) WHERE live"))
                .isEmpty();
        assertThat(search(9, table[0], table[1], "CREATE UNIQUE INDEX i ON t(k)"))
                .singleElement()
                .satisfies(merged -> assertThat(merged.keys()).containsExactly("rowid=1", "rowid=2", "rowid=3"));
        assertThat(search(9, table[0], table[1], "CREATE INDEX i ON t(k)")).isEmpty();
    }

    @Test
    void leavesNullAlone() throws SQLException {
        assertThat(search(
                        9,
                        "CREATE TABLE t(a BOOLEAN, b INT, UNIQUE (a, b))",
                        "INSERT INTO t VALUES (0, NULL), ('f', NULL), (NULL, 1), (NULL, 1)"))
                .isEmpty();
    }

    /** jsonb is equal where it means the same: the order of keys, blanks and zeros after the point are nothing to it. */
    @Test
    void findsJsonThatMeansTheSame() throws SQLException {
        assertThat(search(
                        9,
                        "CREATE TABLE t(j JSON UNIQUE)",
                        "INSERT INTO t VALUES ('[1.0]'), ('[1.00]'), ('[2.0]'), ('{\"a\":1,\"b\":2}'),"
                                + " ('{\"b\": 2, \"a\": 1}'), ('[1.01]'), ('[\"1.0\"]'), ('[\"1.00\"]')"))
                .singleElement()
                .satisfies(merged -> {
                    assertThat(merged.keys()).containsExactly("rowid=1", "rowid=2", "rowid=4", "rowid=5");
                    assertThat(merged.rows()).isEqualTo(4);
                    assertThat(merged.toldAsText()).isTrue();
                });
        assertThat(search(9, "CREATE TABLE t(j JSON UNIQUE)", "INSERT INTO t VALUES ('[1.0]'), ('[1.01]'), ('[10]')"))
                .isEmpty();
    }

    /** An index by another collating sequence is on the text of a citext column, where case makes a difference. */
    @Test
    void distinguishesCaseWhereTheIndexDoes() throws SQLException {
        TypeRules citext = TypeRules.standard().column("t", "c").as(PgType.CITEXT);
        String table = "CREATE TABLE t(c TEXT COLLATE NOCASE)";
        String rows = "INSERT INTO t VALUES ('Öl'), ('öl'), ('a')";
        assertThat(search(citext, 9, table, rows, "CREATE UNIQUE INDEX i ON t(c)"))
                .singleElement()
                .satisfies(merged -> assertThat(merged.keys()).containsExactly("rowid=1", "rowid=2"));
        for (String collation : List.of("BINARY", "RTRIM")) {
            String index = "CREATE UNIQUE INDEX i ON t(c COLLATE " + collation + ")";
            assertThat(search(citext, 9, table, rows, "INSERT INTO t VALUES ('A')", index))
                    .isEmpty();
        }
    }

    /** A NULL in the primary key can be accepted, and then the other keys must not be one. */
    @Test
    void searchesAKeyWithNullInIt() throws SQLException {
        assertThat(search(
                        9,
                        "CREATE TABLE t(k BOOLEAN PRIMARY KEY)",
                        "INSERT INTO t VALUES (0), (NULL), ('no'), (NULL), (1)"))
                .singleElement()
                .satisfies(merged -> assertThat(merged.keys()).containsExactly("k=0", "k=no"));
    }

    private static List<MergedKey> search(int mostDigests, String... statements) throws SQLException {
        return search(TypeRules.standard(), mostDigests, statements);
    }

    private static List<MergedKey> search(TypeRules rules, int mostDigests, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
            SqliteTable table = CatalogReader.read(connection).tables().get(0);
            TypeChooser chooser = new TypeChooser(rules, MisfitPolicy.FAIL);
            TextEncoding encoding = TextEncoding.of(connection);
            TableCensus census = new CensusTaker(RowSource.of(connection, encoding), (name, rows, bytes) -> {})
                    .count(table, RowRange.ALL, chooser::counterFor);
            return new KeySearch(connection, encoding, mostDigests)
                    .search(
                            table,
                            census,
                            column -> chooser.choose(
                                    table.column(column).orElseThrow().source(), census.column(column)));
        }
    }
}
