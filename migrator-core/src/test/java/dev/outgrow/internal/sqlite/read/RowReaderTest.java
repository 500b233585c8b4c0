package dev.outgrow.internal.sqlite.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {
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
    void readsEachValueByItsOwnStorageClass() throws SQLException {
        run("""
                CREATE TABLE t (x);
                INSERT INTO t VALUES (NULL), (9223372036854775807), (-9223372036854775808), (-0.0), (9e999), (''), (x''),
                    ('12'), (x'00ff'), (CAST(x'61ff62' AS TEXT)), ('a' || char(0) || 'b');
                """);
        assertThat(read(RowQuery.all(table("t", "x"), List.of("x"))))
                .containsExactly(
                        "NULL",
                        "INTEGER 9223372036854775807",
                        "INTEGER -9223372036854775808",
                        "REAL -0.0",
                        "REAL Infinity",
                        "TEXT ",
                        "BLOB ",
                        "TEXT 3132",
                        "BLOB 00ff",
                        "TEXT 61ff62",
                        "TEXT 610062");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16le", "UTF-16be"})
    void transcodesUtf16ToTheBytesOfUtf8(String encoding) throws SQLException {
        run("PRAGMA encoding = '" + encoding + "'; CREATE TABLE t (x)");
        String text = "aé€\uD83D\uDE00";
        run("INSERT INTO t VALUES ('" + text + "'), ('')");
        boolean little = encoding.endsWith("le");
        run("INSERT INTO t VALUES (CAST(x'" + (little ? "00d86100" : "d8000061") + "' AS TEXT))");
        run("INSERT INTO t VALUES (CAST(x'" + (little ? "610000dc" : "0061dc00") + "' AS TEXT))");
        run("INSERT INTO t VALUES (CAST(x'" + (little ? "00d8" : "d800") + "' AS TEXT))");
        assertThat(TextEncoding.of(connection)).isEqualTo(little ? TextEncoding.UTF_16LE : TextEncoding.UTF_16BE);
        assertThat(read(RowQuery.all(table("t", "x"), List.of("x"))))
                .containsExactly(
                        "TEXT " + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)),
                        "TEXT ",
                        "TEXT eda08061",
                        "TEXT 61edb080",
                        "TEXT eda080");
    }

    @Test
    void readsRangesInTheOrderOfTheRowidWhateverTheColumnsAreCalled() throws SQLException {
        run("""
                CREATE TABLE "a ""b" (rowid, "select", g AS (rowid || '!'));
                CREATE INDEX i ON "a ""b" ("select", rowid);
                INSERT INTO "a ""b" (_rowid_, rowid, "select")
                    VALUES (9223372036854775807, 'x', 1), (-5, 'y', 2), (3, 'z', 0);
                """);
        SqliteTable table = table("a \"b", "rowid", "select", "g");
        assertThat(Rowid.nameIn(table)).contains("_rowid_");
        assertThat(read(RowQuery.all(table, List.of("select")))).containsExactly("INTEGER 2", "INTEGER 0", "INTEGER 1");
        assertThat(read(RowQuery.range(table, List.of("g", "select"), new RowRange(List.of(2L), List.of()))))
                .containsExactly("TEXT 7a21|INTEGER 0", "TEXT 7821|INTEGER 1");
        assertThat(read(RowQuery.rangeWithRowid(table, List.of("select"), RowRange.ALL))
                        .get(0))
                .isEqualTo("INTEGER 2|INTEGER -5");
    }

    @Test
    void readsATableWhoseRowidHasNoNameLeft() throws SQLException {
        run("CREATE TABLE t (rowid, _rowid_, oid); INSERT INTO t VALUES (1, 2, 3), (0, 0, 0)");
        SqliteTable table = table("t", "rowid", "_rowid_", "OID");
        assertThat(Rowid.nameIn(table)).isEmpty();
        assertThat(read(RowQuery.all(table, List.of("oid")))).containsExactly("INTEGER 3", "INTEGER 0");
        assertThatThrownBy(() -> RowQuery.range(table, List.of("oid"), new RowRange(List.of(1L), List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAColumnThatIsNotThere() throws SQLException {
        run("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
        assertThatThrownBy(() -> read(RowQuery.all(table("t", "x"), List.of("no such"))))
                .hasMessageContaining("reading table t")
                .hasMessageContaining("no such column");
    }

    @Test
    void stopsWhereTheThreadIsInterrupted() throws SQLException {
        run("CREATE TABLE t (x); INSERT INTO t VALUES (1), (2)");
        try (RowReader reader =
                RowReader.open(connection, RowQuery.all(table("t", "x"), List.of("x")), TextEncoding.UTF_8)) {
            assertThat(reader.next()).isTrue();
            Thread.currentThread().interrupt();
            assertThatThrownBy(reader::next).extracting("reason").hasToString("INTERRUPTED");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(reader.next()).isTrue();
            assertThat(reader.next()).isFalse();
            assertThat(reader.next()).isFalse();
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private List<String> read(RowQuery query) {
        List<String> rows = new ArrayList<>();
        try (RowReader reader = RowReader.open(connection, query, TextEncoding.of(connection))) {
            while (reader.next()) {
                List<String> values = new ArrayList<>();
                for (ValueSlot slot : reader.slots()) {
                    values.add(describe(slot));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }

    private static String describe(ValueSlot slot) {
        StorageClass storageClass = slot.storageClass();
        return switch (storageClass) {
            case NULL -> "NULL";
            case INTEGER -> "INTEGER " + slot.integer();
            case REAL -> "REAL " + slot.real();
            case TEXT, BLOB -> storageClass + " " + HexFormat.of().formatHex(slot.bytes());
        };
    }

    private static SqliteTable table(String name, String... columns) {
        List<SqliteColumn> described = new ArrayList<>();
        for (String column : columns) {
            SourceColumn source =
                    new SourceColumn(name, column, "", Affinity.BLOB, false, 0, false, false, false, "BINARY");
            described.add(new SqliteColumn(
                    source, Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty()));
        }
        return new SqliteTable(
                name,
                SqliteTable.Owner.ORDINARY,
                "",
                false,
                described,
                false,
                false,
                Optional.<SqlitePrimaryKey>empty(),
                List.of(),
                List.of(),
                List.of());
    }
}
