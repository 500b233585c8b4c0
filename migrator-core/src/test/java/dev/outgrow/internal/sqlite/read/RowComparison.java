package dev.outgrow.internal.sqlite.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Holds what is read from the pages of a file against what SQLite says of it, value by value. */
final class RowComparison implements AutoCloseable {
    private final Connection connection;
    private final TextEncoding encoding;
    private final RowSource source;

    RowComparison(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        encoding = TextEncoding.of(connection);
        source = RowSource.of(connection, encoding, file);
    }

    List<SqliteTable> tables() throws SQLException {
        return CatalogReader.read(connection).tables();
    }

    SqliteTable table(String name) throws SQLException {
        return CatalogReader.read(connection).table(name).orElseThrow();
    }

    static List<String> columns(SqliteTable table) {
        return table.columns().stream()
                .filter(column -> !column.hidden())
                .map(SqliteColumn::name)
                .toList();
    }

    /**
     * Compares all rows of a query.
     *
     * @return how many there are
     */
    long compare(RowQuery query) {
        long rows = 0;
        try (RowReader expected = RowReader.open(connection, query, encoding);
                Rows actual = source.open(query)) {
            while (expected.next()) {
                rows++;
                assertThat(actual.next()).as("row %d of %s", rows, query).isTrue();
                for (int i = 0; i < query.columnCount(); i++) {
                    ValueSlot value = actual.slots()[i];
                    ValueSlot other = expected.slots()[i];
                    if (!same(value, other)) {
                        assertThat(describe(value))
                                .as("column %d of row %d of %s", i, rows, query)
                                .isEqualTo(describe(other));
                    }
                }
            }
            assertThat(actual.next()).as("a row behind the last of %s", query).isFalse();
        }
        return rows;
    }

    /** Whether a query is read from the pages to its last row. */
    boolean isReadFromPages(RowQuery query) {
        try (Rows rows = source.open(query)) {
            while (rows.next()) {
                // To the end.
            }
            return rows instanceof PageRows pages && !pages.asksSqlite();
        }
    }

    private static boolean same(ValueSlot value, ValueSlot other) {
        return value.storageClass() == other.storageClass()
                && switch (value.storageClass()) {
                    case NULL -> true;
                    case INTEGER -> value.integer() == other.integer();
                    case REAL -> Double.doubleToRawLongBits(value.real()) == Double.doubleToRawLongBits(other.real());
                    case TEXT, BLOB -> Arrays.equals(value.bytes(), other.bytes());
                };
    }

    private static String describe(ValueSlot slot) {
        return slot.storageClass() + " "
                + switch (slot.storageClass()) {
                    case NULL -> "";
                    case INTEGER -> Long.toString(slot.integer());
                    case REAL -> Double.toString(slot.real());
                    case TEXT, BLOB -> Arrays.toString(slot.bytes());
                };
    }

    @Override
    public void close() {
        source.close();
    }
}
