package dev.outgrow.junit;

import dev.outgrow.plan.PlannedColumn;
import dev.outgrow.plan.PlannedTable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Reads columns of a migrated database.
 *
 * @param postgres the database
 * @param schema the schema
 */
record TargetReader(DataSource postgres, String schema) {
    private static final int FIRST_KEY = 3;

    /**
     * The values of a column. Times are read in UTC; keys of text are ordered by their bytes, as SQLite orders them.
     *
     * @param keyNames the columns of the key as SQLite calls them; if the table in PostgreSQL lacks one of them, the rows have no
     *     key and come as they lie there
     */
    ColumnValues read(PlannedTable table, PlannedColumn column, List<String> keyNames) {
        List<PlannedColumn> keys = keyNames.stream()
                .map(name -> PlannedNames.column(table, name))
                .flatMap(Optional::stream)
                .toList();
        if (keys.size() < keyNames.size()) {
            keys = List.of();
        }
        String value = quoted(column.targetName());
        String query = "SELECT " + value + ", " + value + "::text"
                + keys.stream()
                        .map(key -> ", " + quoted(key.targetName()) + "::text")
                        .collect(Collectors.joining())
                + " FROM " + quoted(schema) + "." + quoted(table.targetName()) + " ORDER BY "
                + (keys.isEmpty()
                        ? "ctid"
                        : keys.stream().map(TargetReader::order).collect(Collectors.joining(", ")));
        try (Connection connection = postgres.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone TO 'UTC'");
            statement.execute("SET DateStyle TO 'ISO, YMD'");
            try (ResultSet rows = statement.executeQuery(query)) {
                return new ColumnValues(keys.isEmpty() ? List.of() : keyNames, rows(rows, keys.size()));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The column " + table.targetName() + "." + column.targetName() + " cannot be read from PostgreSQL",
                    e);
        }
    }

    private static String order(PlannedColumn key) {
        String name = quoted(key.targetName());
        return switch (key.type()) {
            case "text", "citext" -> name + "::text COLLATE \"C\"";
            default -> name;
        };
    }

    private static List<KeyedValue> rows(ResultSet rows, int keyColumns) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        String type = meta.getColumnTypeName(1);
        List<KeyedValue> values = new ArrayList<>();
        while (rows.next()) {
            List<String> key = new ArrayList<>();
            for (int i = FIRST_KEY; i < FIRST_KEY + keyColumns; i++) {
                key.add(String.valueOf(rows.getString(i)));
            }
            String text = rows.getString(2);
            values.add(
                    text == null ? KeyedValue.ofNull(key) : new KeyedValue(key, value(rows, type, text), text, type));
        }
        return values;
    }

    private static Object value(ResultSet row, String type, String text) throws SQLException {
        return switch (type) {
            case "timestamptz" -> row.getObject(1, OffsetDateTime.class).toInstant();
            case "timestamp" -> row.getObject(1, LocalDateTime.class);
            case "date" -> row.getObject(1, LocalDate.class);
            case "time" -> row.getObject(1, LocalTime.class);
            case "uuid" -> row.getObject(1, UUID.class);
            case "bool" -> row.getBoolean(1);
            case "bytea" -> row.getBytes(1);
            case "float4", "float8" -> row.getDouble(1);
            case "int2", "int4", "int8", "bigserial", "serial", "smallserial" -> new BigDecimal(text);
            case "numeric" -> text.chars().anyMatch(Character::isLetter) ? text : new BigDecimal(text);
            default -> text;
        };
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
