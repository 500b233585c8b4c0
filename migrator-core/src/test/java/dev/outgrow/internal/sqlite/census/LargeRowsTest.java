package dev.outgrow.internal.sqlite.census;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.RowRange;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LargeRowsTest {
    @Test
    @DisplayName("A row counts as a whole, for the largest of its values")
    void countsTheRowAsAWhole() throws SQLException {
        TableCensus census = census(
                "CREATE TABLE t(k TEXT PRIMARY KEY, a BLOB, b TEXT)",
                "INSERT INTO t VALUES ('one', zeroblob(9000), 'x'), ('both', zeroblob(6000), printf('%.*c', 5000, 'y')),"
                        + " ('text', x'00', printf('%.*c', 9500, 'z')), ('fits', zeroblob(8000), NULL)");
        assertThat(census.column("a").of(Trait.TOO_LARGE).keys()).containsExactly("rowid=1", "rowid=2");
        assertThat(census.column("b").of(Trait.TOO_LARGE).keys()).containsExactly("rowid=3");
        assertThat(census.column("a").count(StorageClass.BLOB)).isEqualTo(1);
        assertThat(census.column("a").ranges().largestValue()).isEqualTo(8000);
    }

    @Test
    @DisplayName("A row of a table WITHOUT ROWID is named by its key")
    void namesRowsByTheirKey() throws SQLException {
        TableCensus census = census(
                "CREATE TABLE t(k TEXT, a BLOB, n INT, PRIMARY KEY (n, k)) WITHOUT ROWID",
                "INSERT INTO t VALUES ('one', zeroblob(9000), 1), ('two', zeroblob(1000), 1)");
        assertThat(census.column("a").of(Trait.TOO_LARGE).keys()).containsExactly("n=1, k=one");
        assertThat(census.rows()).isEqualTo(1);
    }

    @Test
    @DisplayName("Text of UTF-16 counts as what it takes in UTF-8")
    void countsTextAsUtf8() throws SQLException {
        TableCensus census = census(
                "PRAGMA encoding = 'UTF-16le'",
                "CREATE TABLE t(a TEXT)",
                "INSERT INTO t VALUES (replace(printf('%.*c', 3000, 'x'), 'x', '日')), ('日')");
        assertThat(census.column("a").of(Trait.TOO_LARGE).keys()).containsExactly("rowid=1");
    }

    /** Where a rule decides by the census, its column is counted once more, by itself. */
    @Test
    @DisplayName("A row that is too large only as a whole is not lost in another count of one column")
    void countsTheRowAsAWholeOnceMore() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            SqliteTable table = table(
                    connection,
                    "CREATE TABLE t(k TEXT, a TEXT, b TEXT)",
                    "INSERT INTO t VALUES ('1', printf('%.*c', 5000, 'x'), printf('%.*c', 4900, 'y')), ('2', 'x', 'y')");
            CensusTaker taker = taker(connection);
            for (String name : List.of("a", "b")) {
                ColumnCounter counter =
                        new ColumnCounter(table.column(name).orElseThrow().source());
                ColumnCensus again = Objects.requireNonNull(taker.recount(table, RowRange.ALL, Map.of(name, counter))
                        .get(name));
                assertThat(again.count(Trait.TOO_LARGE)).isEqualTo(name.equals("a") ? 1 : 0);
                assertThat(again.ranges().largestValue()).isEqualTo(1);
            }
        }
    }

    /** With 8192 bytes in the place of the gigabyte. */
    private static TableCensus census(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            SqliteTable table = table(connection, statements);
            TypeChooser chooser = new TypeChooser(TypeRules.standard(), MisfitPolicy.FAIL);
            return taker(connection).count(table, RowRange.ALL, chooser::counterFor);
        }
    }

    private static SqliteTable table(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
            return CatalogReader.read(connection).tables().get(0);
        }
    }

    private static CensusTaker taker(Connection connection) throws SQLException {
        return new CensusTaker(
                RowSource.of(connection, TextEncoding.of(connection)), (name, rows, bytes) -> {}, 8192 + 64 * 3);
    }
}
