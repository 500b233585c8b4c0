package dev.outgrow.junit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * Reads columns of a fixture, to show what stands there.
 *
 * @param file the SQLite database
 */
record SourceReader(Path file) {
    /** The values of a column; none if the file has no such column, as where a query of the app's own makes the rows. */
    ColumnValues read(String table, String column) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file)) {
            if (names(connection, "SELECT name FROM pragma_table_xinfo(?)", table).stream()
                    .noneMatch(column::equalsIgnoreCase)) {
                return ColumnValues.NONE;
            }
            List<String> key =
                    names(connection, "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", table);
            List<String> keyNames = key.isEmpty() ? List.of("rowid") : key;
            String keys = keyNames.stream().map(SourceReader::quoted).collect(Collectors.joining(", "));
            String query = "SELECT " + quoted(column) + ", typeof(" + quoted(column) + "), " + keys + " FROM "
                    + quoted(table) + " ORDER BY " + keys;
            return new ColumnValues(keyNames, rows(connection, query, keyNames.size()));
        } catch (SQLException e) {
            throw new IllegalStateException("The fixture's column " + table + "." + column + " cannot be read", e);
        }
    }

    private static List<KeyedValue> rows(Connection connection, String query, int keyColumns) throws SQLException {
        List<KeyedValue> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                List<String> key = new ArrayList<>();
                for (int i = 0; i < keyColumns; i++) {
                    key.add(keyText(row.getObject(i + 3)));
                }
                Object value = row.getObject(1);
                rows.add(
                        value == null
                                ? KeyedValue.ofNull(key)
                                : new KeyedValue(key, value, shown(value), row.getString(2)));
            }
        }
        return rows;
    }

    private static String keyText(@Nullable Object value) {
        if (value instanceof byte[] blob) {
            return "x'" + HexFormat.of().formatHex(blob) + "'";
        }
        return value == null ? "NULL" : value.toString();
    }

    private static String shown(Object value) {
        return value instanceof String text ? "'" + text + "'" : keyText(value);
    }

    private static List<String> names(Connection connection, String query, String table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
