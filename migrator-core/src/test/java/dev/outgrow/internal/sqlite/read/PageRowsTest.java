package dev.outgrow.internal.sqlite.read;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.testing.SqliteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageRowsTest {
    private static final String NUMBERS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) ";

    /** Of all storage classes and every length of integer, text and blobs of none and of many pages. */
    private static final String VALUES = "CASE i %% 17 WHEN 0 THEN NULL WHEN 1 THEN 0 WHEN 2 THEN 1 WHEN 3 THEN -i"
            + " WHEN 4 THEN i * 300 WHEN 5 THEN -i * 70000 WHEN 6 THEN i * 17000000 WHEN 7 THEN -i * 5000000000"
            + " WHEN 8 THEN i * 300000000000000 WHEN 9 THEN 9223372036854775807 - i WHEN 10 THEN i / 7.0"
            + " WHEN 11 THEN -0.0 WHEN 12 THEN '' WHEN 13 THEN 'ünïcode 🎈 ' || i WHEN 14 THEN x''"
            + " WHEN 15 THEN randomblob(i %% 50) ELSE CAST(zeroblob(%s) || char(i) AS TEXT) END";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "512, UTF-8",
        "512, UTF-16le",
        "1024, UTF-16be",
        "4096, UTF-8",
        "8192, UTF-16le",
        "65536, UTF-8",
    })
    void readsWhatSqliteReads(int pageSize, String encoding) throws SQLException {
        String value = VALUES.formatted("i % 7 * 1000");
        Path file = SqliteFiles.write(
                folder.resolve("a.db"),
                "PRAGMA page_size = " + pageSize,
                "PRAGMA encoding = '" + encoding + "'",
                "CREATE TABLE plain(a, b TEXT, c REAL, d INTEGER, e NUMERIC, f BLOB)",
                NUMBERS.formatted(3000) + "INSERT INTO plain SELECT " + value + ", 'text ' || i, i, i, i * 0.5, "
                        + value.replace("i ", "(i + 5) ") + " FROM n",
                "CREATE TABLE keyed(id INTEGER PRIMARY KEY, v)",
                NUMBERS.formatted(500) + "INSERT INTO keyed SELECT i * i * 1000003 - 90000000000, " + value + " FROM n",
                "INSERT INTO keyed VALUES (-9223372036854775808, 'first'), (9223372036854775807, 'last'), (0, NULL)",
                "CREATE TABLE strict(r REAL, i INT, t TEXT, b BLOB, x ANY) STRICT",
                NUMBERS.formatted(300) + "INSERT INTO strict SELECT i, i, i, CAST(i AS BLOB), " + value + " FROM n",
                "DELETE FROM plain WHERE rowid % 11 < 4",
                "CREATE TABLE hollow(x)",
                NUMBERS.formatted(2000) + "INSERT INTO hollow SELECT i FROM n",
                "DELETE FROM hollow WHERE x BETWEEN 10 AND 1990",
                "CREATE TABLE vacant(x)");
        try (RowComparison comparison = new RowComparison(file)) {
            for (SqliteTable table : comparison.tables()) {
                RowQuery all = RowQuery.all(table, RowComparison.columns(table));
                comparison.compare(all);
                comparison.compare(RowQuery.rangeWithRowid(table, RowComparison.columns(table), RowRange.ALL));
                assertThat(comparison.isReadFromPages(all)).as(table.name()).isTrue();
            }
            assertThat(comparison.compare(RowQuery.all(comparison.table("keyed"), List.of("v"))))
                    .isEqualTo(503);
        }
    }

    @Test
    void readsEveryRange() throws SQLException {
        Path file = SqliteFiles.write(
                folder.resolve("a.db"),
                "PRAGMA page_size = 512",
                "CREATE TABLE t(a)",
                NUMBERS.formatted(400) + "INSERT INTO t(rowid, a) SELECT i * 3, hex(i) FROM n",
                "INSERT INTO t(rowid) VALUES (9223372036854775807), (-9223372036854775808)");
        try (RowComparison comparison = new RowComparison(file)) {
            SqliteTable table = comparison.table("t");
            for (long after = -3; after < 1210; after += 7) {
                for (long upTo = after - 1; upTo < 1210; upTo += 101) {
                    RowRange range = new RowRange(List.of(after), List.of(upTo));
                    comparison.compare(RowQuery.rangeWithRowid(table, List.of("a"), range));
                }
            }
            for (long end : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
                comparison.compare(RowQuery.range(table, List.of("a"), new RowRange(List.of(end), List.of())));
                comparison.compare(RowQuery.range(table, List.of("a"), new RowRange(List.of(), List.of(end))));
            }
        }
    }

    @Test
    void givesOldRowsTheDefaultsOfColumnsThatWereAdded() throws SQLException {
        Path file = SqliteFiles.write(
                folder.resolve("a.db"),
                "CREATE TABLE t(a, dropped)",
                NUMBERS.formatted(10) + "INSERT INTO t SELECT i, i FROM n",
                "ALTER TABLE t ADD COLUMN b REAL DEFAULT 7",
                "ALTER TABLE t ADD COLUMN c TEXT DEFAULT 12",
                "INSERT INTO t VALUES (11, 11, 1, 'c')",
                "ALTER TABLE t ADD COLUMN d INTEGER DEFAULT '42'",
                "INSERT INTO t(a, b) VALUES (12, 12)",
                "ALTER TABLE t ADD COLUMN e BLOB DEFAULT x'00ff'",
                "ALTER TABLE t ADD COLUMN f",
                "ALTER TABLE t ADD COLUMN g NOT NULL DEFAULT (1)",
                "INSERT INTO t(a, b) VALUES (13, 13)",
                "ALTER TABLE t RENAME COLUMN c TO cc");
        try (RowComparison comparison = new RowComparison(file)) {
            SqliteTable table = comparison.table("t");
            for (List<String> columns :
                    List.of(RowComparison.columns(table), List.of("g", "b"), List.of("a"), List.of("f", "cc", "a"))) {
                assertThat(comparison.compare(RowQuery.all(table, columns))).isEqualTo(13);
                assertThat(comparison.isReadFromPages(RowQuery.all(table, columns)))
                        .isTrue();
            }
        }
        SqliteFiles.write(file, "ALTER TABLE t DROP COLUMN dropped", "DELETE FROM t WHERE a = 3", "VACUUM");
        try (RowComparison comparison = new RowComparison(file)) {
            SqliteTable table = comparison.table("t");
            assertThat(comparison.compare(RowQuery.all(table, RowComparison.columns(table))))
                    .isEqualTo(12);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void readsRecordsWhoseHeaderIsLargerThanAPage(int pageSize) throws SQLException {
        int columns = 1500;
        String names = IntStream.range(0, columns).mapToObj(i -> "c" + i).collect(joining(", "));
        String values = IntStream.range(0, columns)
                .mapToObj(i -> i % 3 == 0 ? "i" : i % 3 == 1 ? "zeroblob(" + i + ")" : "'t' || i")
                .collect(joining(", "));
        Path file = SqliteFiles.write(
                folder.resolve("a.db"),
                "PRAGMA page_size = " + pageSize,
                "CREATE TABLE t(" + names + ")",
                NUMBERS.formatted(20) + "INSERT INTO t SELECT " + values + " FROM n");
        try (RowComparison comparison = new RowComparison(file)) {
            SqliteTable table = comparison.table("t");
            RowQuery all = RowQuery.all(table, RowComparison.columns(table));
            assertThat(comparison.compare(all)).isEqualTo(20);
            assertThat(comparison.compare(RowQuery.all(table, List.of("c1499", "c0", "c700"))))
                    .isEqualTo(20);
            assertThat(comparison.isReadFromPages(all)).isTrue();
        }
    }

    @Test
    void leavesToSqliteWhatThePagesDoNotTell() throws SQLException {
        Path file = SqliteFiles.write(
                folder.resolve("a.db"),
                "CREATE TABLE computed(a, b AS (a + 1))",
                "CREATE TABLE stored(a, b REAL AS (a + 1) STORED, c)",
                "CREATE TABLE clustered(a PRIMARY KEY, b) WITHOUT ROWID",
                "CREATE TABLE nameless(rowid, _rowid_, oid)",
                "INSERT INTO computed VALUES (1)",
                "INSERT INTO stored VALUES (1, 2)",
                "INSERT INTO clustered VALUES (1, 2)",
                "INSERT INTO nameless VALUES (1, 2, 3)");
        try (RowComparison comparison = new RowComparison(file)) {
            for (SqliteTable table : comparison.tables()) {
                RowQuery all = RowQuery.all(table, RowComparison.columns(table));
                assertThat(comparison.compare(all)).isEqualTo(1);
                assertThat(comparison.isReadFromPages(all)).as(table.name()).isFalse();
            }
        }
    }

    @Test
    void readsOnThroughSqliteWhereAPageIsNotAsTheFormatSays() throws SQLException, IOException {
        Path file = SqliteFiles.write(
                folder.resolve("a.db"),
                "PRAGMA page_size = 512",
                "CREATE TABLE t(a)",
                NUMBERS.formatted(500) + "INSERT INTO t SELECT 'row ' || i FROM n");
        byte[] bytes = Files.readAllBytes(file);
        bytes[12 * 512] = 99;
        Files.write(file, bytes);
        try (RowComparison comparison = new RowComparison(file)) {
            RowQuery all = RowQuery.all(comparison.table("t"), List.of("a"));
            assertThatThrownBy(() -> comparison.isReadFromPages(all))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining("malformed");
        }
    }

    /** Neither a loop nor an exception of another kind, whatever the bytes. */
    @Test
    void endsWithWhateverBytes() throws IOException {
        Path file = SqliteFiles.write(
                folder.resolve("a.db"),
                "PRAGMA page_size = 512",
                "CREATE TABLE t(a, b, c)",
                NUMBERS.formatted(200) + "INSERT INTO t SELECT i, zeroblob(i % 9 * 300), 'text' FROM n");
        byte[] sound = Files.readAllBytes(file);
        Random random = new Random(42);
        for (int round = 0; round < 400; round++) {
            byte[] bytes = sound.clone();
            for (int i = 0; i <= random.nextInt(20); i++) {
                bytes[512 + random.nextInt(bytes.length - 512)] = (byte) random.nextInt();
            }
            Files.write(file, bytes);
            try (RowComparison comparison = new RowComparison(file)) {
                comparison.isReadFromPages(RowQuery.all(comparison.table("t"), List.of("a", "b", "c")));
            } catch (MigrationException | SQLException expected) {
                assertThat(expected).hasMessageNotContaining("Index");
            }
        }
    }
}
