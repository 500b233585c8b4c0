package dev.outgrow.internal.sqlite.census;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowRange;
import dev.outgrow.internal.sqlite.read.RowReader;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableCountTest {
    private Connection connection;

    @BeforeEach
    void opens() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    }

    @AfterEach
    void closes() throws SQLException {
        connection.close();
    }

    @Test
    void slicesALargeTableEvenly() throws SQLException {
        run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        run("INSERT INTO t " + numbers(16_000));
        List<RowRange> slices = TableSlices.of(table(), connection);
        assertThat(slices).hasSize(16);
        assertThat(rowsOf(slices)).allMatch(rows -> rows == 1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-9223372036854775807 - 1",
                "9223372036854775807",
                "-9223372036854775807 - 1), (9223372036854775807",
                "1000000000000), (-1"
            })
    void slicesWhereTheRowsAreThoughSomeRowidsAreFarOff(String outliers) throws SQLException {
        run("CREATE TABLE t (x)");
        run("INSERT INTO t (rowid, x) SELECT value + 70000, 1 FROM (" + numbers(50_000) + ")");
        run("INSERT INTO t (rowid) VALUES (" + outliers + ")");
        List<RowRange> slices = TableSlices.of(table(), connection);
        List<Long> rows = rowsOf(slices);
        assertThat(rows.stream().mapToLong(Long::longValue).sum()).isEqualTo(count());
        assertThat(Collections.max(rows)).isLessThan(50_000 / 4);
    }

    @Test
    void doesNotSliceWhatIsSmallOrHasNoRowid() throws SQLException {
        run("CREATE TABLE t (x)");
        assertThat(TableSlices.of(table(), connection)).containsExactly(RowRange.ALL);
        run("INSERT INTO t " + numbers(1000));
        assertThat(TableSlices.of(table(), connection)).containsExactly(RowRange.ALL);
        run("DROP TABLE t; CREATE TABLE t (x PRIMARY KEY) WITHOUT ROWID");
        run("INSERT INTO t " + numbers(5000));
        assertThat(TableSlices.of(table(), connection)).containsExactly(RowRange.ALL);
    }

    @Test
    void findsTheSameInSlicesAsInOnePass() throws SQLException {
        long seed = 20_260_101;
        Random random = new Random(seed);
        run("CREATE TABLE t (a INTEGER, b TEXT, c NUMERIC(5, 2))");
        try (var insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?)")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 8000; i++) {
                insert.setObject(1, random.nextInt(50) == 0 ? "odd" : (Object) random.nextLong());
                insert.setObject(2, random.nextInt(9) == 0 ? null : "x".repeat(random.nextInt(40)));
                insert.setObject(3, random.nextInt(100_000) / 100.0);
                insert.executeUpdate();
            }
            connection.setAutoCommit(true);
        }
        TableCensus sliced = census(TableCount.of(table(), connection));
        TableCensus whole = taker().count(table(), RowRange.ALL, ColumnCounter::new);
        assertThat(sliced).as("seed " + seed).isEqualTo(whole);
        assertThat(sliced.column("a").of(StorageClass.TEXT).keys()).hasSize(5);
        assertThat(sliced.column("b").count(Trait.BLANK)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(id INTEGER PRIMARY KEY, data)",
                "(id INT, data)",
                "(id TEXT PRIMARY KEY, data) WITHOUT ROWID",
                "(id, k REAL DEFAULT 0.5, data, PRIMARY KEY (k, id)) WITHOUT ROWID",
                "(id BLOB, k TEXT COLLATE NOCASE DEFAULT 'é', data, PRIMARY KEY (id, k)) WITHOUT ROWID"
            })
    void cutsATableIntoPartsThatHoldEachRowOnce(String definition) throws SQLException {
        run("CREATE TABLE t " + definition);
        String mixed = "CASE value % 3 WHEN 0 THEN value WHEN 1 THEN 'k' || value ELSE CAST('b' || value AS BLOB) END";
        String id = definition.contains("INTEGER PRIMARY KEY") ? "value * 7" : mixed;
        run("INSERT INTO t (id, data) SELECT " + id + ", zeroblob(1000000) FROM (" + numbers(60) + ")");
        TableCensus census = census(TableCount.of(table(), connection));
        assertThat(census.parts()).hasSize(3);
        List<RowRange> ranges =
                census.parts().stream().map(TableCensus.Part::range).toList();
        assertThat(rowsOf(ranges)).allMatch(rows -> rows >= 8 && rows <= 26);
        assertThat(keysOf(ranges)).doesNotHaveDuplicates().hasSize(60);
    }

    @Test
    void doesNotCutAKeyThatIsNotInTheOrderOfItsColumns() throws SQLException {
        run("CREATE TABLE t (id TEXT, data, PRIMARY KEY (id DESC)) WITHOUT ROWID");
        run("INSERT INTO t SELECT value, zeroblob(1000000) FROM (" + numbers(60) + ")");
        assertThat(census(TableCount.of(table(), connection)).parts()).hasSize(1);
        run("DROP TABLE t; CREATE TABLE t (id TEXT, data, PRIMARY KEY (id COLLATE NOCASE)) WITHOUT ROWID");
        run("INSERT INTO t SELECT value, zeroblob(1000000) FROM (" + numbers(60) + ")");
        assertThat(census(TableCount.of(table(), connection)).parts()).hasSize(1);
    }

    @Test
    void readsAPartByItsKeyAlone() throws SQLException {
        run("CREATE TABLE t (a TEXT, b INTEGER, x, PRIMARY KEY (a, b)) WITHOUT ROWID; CREATE INDEX i ON t (b)");
        RowQuery query = RowQuery.range(table(), List.of("x"), new RowRange(List.of("k", 1L), List.of("m", 2L)));
        try (var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + query.sql());
                ResultSet plan = statement.executeQuery()) {
            assertThat(plan.next()).isTrue();
            assertThat(plan.getString("detail")).startsWith("SEARCH r USING PRIMARY KEY");
            assertThat(plan.next()).isFalse();
        }
    }

    private TableCensus census(TableCount count) {
        List<Integer> slices = new ArrayList<>();
        for (int i = 0; i < count.slices(); i++) {
            slices.add(i);
        }
        Collections.shuffle(slices, new Random(1));
        slices.forEach(slice -> count.count(slice, taker(), ColumnCounter::new));
        return count.result();
    }

    private CensusTaker taker() {
        return new CensusTaker(RowSource.of(connection, TextEncoding.UTF_8), (table, rows, bytes) -> {});
    }

    private SqliteTable table() throws SQLException {
        return CatalogReader.read(connection).table("t").orElseThrow();
    }

    private long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM t")) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<Long> rowsOf(List<RowRange> ranges) throws SQLException {
        List<Long> rows = new ArrayList<>();
        for (RowRange range : ranges) {
            rows.add((long) keysOf(List.of(range)).size());
        }
        return rows;
    }

    private List<String> keysOf(List<RowRange> ranges) throws SQLException {
        SqliteTable table = table();
        List<String> keys = new ArrayList<>();
        boolean id = table.column("id").isPresent();
        for (RowRange range : ranges) {
            RowQuery query = id
                    ? RowQuery.range(table, List.of("id"), range)
                    : RowQuery.rangeWithRowid(table, List.of("x"), range);
            try (RowReader reader = RowReader.open(connection, query, TextEncoding.UTF_8)) {
                while (reader.next()) {
                    var slot = reader.slots()[id ? 0 : 1];
                    keys.add(slot.storageClass() + " " + slot.integer() + " "
                            + HexFormat.of().formatHex(slot.bytes()));
                }
            }
        }
        return keys;
    }

    private static String numbers(int count) {
        return "WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < " + count
                + ") SELECT value FROM n";
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
