package dev.outgrow.internal.late;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.source.SideBySide;
import dev.outgrow.switchover.LateWrites;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One table in two states of its database: which rows are new, changed or gone. Rows are identified by the primary key;
 * without one by all of their values, so that a changed row counts as one that is gone and one that is new.
 *
 * @param name its name
 * @param columns the columns with values of their own, in their order
 * @param key the columns of the primary key; empty if there is none
 */
public record LateTable(String name, List<String> columns, List<String> key) {
    private static final String VALUE = "outgrow_value_";

    /**
     * A table that both states have.
     *
     * @return empty if its columns are not the same in both
     */
    static Optional<LateTable> of(Connection connection, SqliteTable now, SqliteTable then) throws SQLException {
        if (!columns(now).equals(columns(then))) {
            return Optional.empty();
        }
        List<String> key = key(now).equals(key(then)) ? key(now) : List.of();
        LateTable table = new LateTable(
                now.name(),
                now.columns().stream()
                        .filter(column ->
                                !column.hidden() && column.generation().isEmpty())
                        .map(SqliteColumn::name)
                        .toList(),
                key);
        return Optional.of(table.leavesAKeyOpen(connection) ? table.withoutKey() : table);
    }

    private static List<String> columns(SqliteTable table) {
        return table.columns().stream()
                .map(column -> column.name() + (column.generation().isPresent() ? " computed" : ""))
                .toList();
    }

    private static List<String> key(SqliteTable table) {
        return table.primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of());
    }

    /** A primary key of SQLite may be NULL, and then tells nothing. */
    private boolean leavesAKeyOpen(Connection connection) throws SQLException {
        if (key.isEmpty()) {
            return false;
        }
        String open =
                key.stream().map(column -> "t." + quote(column) + " IS NULL").collect(joining(" OR "));
        String exists = "EXISTS (SELECT 1 FROM %s." + quote(name).replace("%", "%%") + " AS t WHERE "
                + open.replace("%", "%%") + ")";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT " + exists.formatted("main") + " OR " + exists.formatted(SideBySide.THEN))) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** The same, with rows identified by all of their values. */
    public LateTable withoutKey() {
        return new LateTable(name, columns, List.of());
    }

    /** The rows of {@code main} that have no counterpart, as a query of their keys. */
    String insertedRows() {
        return missing("main", SideBySide.THEN);
    }

    /** The rows of the frozen state that have no counterpart any more. */
    String deletedRows() {
        return missing(SideBySide.THEN, "main");
    }

    private String missing(String here, String there) {
        if (key.isEmpty()) {
            return "SELECT * FROM (" + numbered(here, columns, false) + " EXCEPT " + numbered(there, columns, false)
                    + ")";
        }
        return "SELECT " + keys("a") + " FROM " + here + "." + quote(name) + " AS a WHERE NOT EXISTS (SELECT 1 FROM "
                + there + "." + quote(name) + " AS b WHERE " + sameKey() + ")";
    }

    /**
     * The rows, each numbered among its equals, so that EXCEPT leaves the surplus copies.
     *
     * @param counted whether each also carries the number of copies: then EXCEPT leaves all copies of a row whose
     *     number differs
     */
    private String numbered(String where, List<String> all, boolean counted) {
        List<String> values = new ArrayList<>();
        List<String> named = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String value = "t." + quote(all.get(i)) + " COLLATE BINARY";
            String type = "typeof(t." + quote(all.get(i)) + ")";
            values.add(value);
            values.add(type);
            named.add(value + " AS " + VALUE + i);
            named.add(type);
        }
        String partition = " OVER (PARTITION BY " + String.join(", ", values) + ")";
        return "SELECT row_number()" + partition + ", " + (counted ? "count(*)" + partition + ", " : "")
                + String.join(", ", named) + " FROM " + where + "." + quote(name) + " AS t";
    }

    /** The rows of both states that have the same key and differ; none if there is no key. */
    Optional<String> changedRows() {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("SELECT " + keys("a") + " FROM main." + quote(name) + " AS a JOIN " + SideBySide.THEN + "."
                + quote(name) + " AS b ON " + sameKey() + " WHERE NOT (" + same() + ")");
    }

    /** Whole rows of {@code main} that are new or changed, with these columns. */
    String writtenRows(List<String> wanted) {
        return different("main", SideBySide.THEN, wanted);
    }

    /** Whole rows of the frozen state that have been changed or are gone, with these columns. */
    String formerRows(List<String> wanted) {
        return different(SideBySide.THEN, "main", wanted);
    }

    /** All copies in the frozen state of rows of which there are now fewer or more; only for a table without a key. */
    String formerCopies(List<String> wanted) {
        return surplus(SideBySide.THEN, "main", wanted, true);
    }

    private String different(String here, String there, List<String> wanted) {
        if (key.isEmpty()) {
            return surplus(here, there, wanted, false);
        }
        String values = wanted.stream().map(column -> "a." + quote(column)).collect(joining(", "));
        return "SELECT " + values + " FROM " + here + "." + quote(name) + " AS a WHERE NOT EXISTS (SELECT 1 FROM "
                + there + "." + quote(name) + " AS b WHERE " + sameKey() + " AND " + same() + ")";
    }

    private String surplus(String here, String there, List<String> wanted, boolean counted) {
        List<String> all = new ArrayList<>(columns);
        wanted.stream().filter(column -> !all.contains(column)).forEach(all::add);
        return "SELECT "
                + wanted.stream().map(column -> VALUE + all.indexOf(column)).collect(joining(", ")) + " FROM ("
                + numbered(here, all, counted) + " EXCEPT " + numbered(there, all, counted) + ")";
    }

    private String same() {
        return columns.stream()
                .map(column -> "a." + quote(column) + " IS b." + quote(column) + " COLLATE BINARY AND typeof(a."
                        + quote(column) + ") = typeof(b." + quote(column) + ")")
                .collect(joining(" AND "));
    }

    private String keys(String alias) {
        return key.stream().map(column -> alias + "." + quote(column)).collect(joining(", "));
    }

    private String sameKey() {
        return key.stream()
                .map(column -> "b." + quote(column) + " = a." + quote(column))
                .collect(joining(" AND "));
    }

    /** What was written; empty if nothing was. */
    public Optional<LateWrites.Table> writes(Connection connection) throws SQLException {
        List<String> keys = new ArrayList<>();
        long inserted = read(connection, insertedRows(), keys);
        long changed =
                changedRows().isPresent() ? read(connection, changedRows().get(), keys) : 0;
        long deleted = read(connection, deletedRows(), keys);
        return inserted + changed + deleted == 0
                ? Optional.empty()
                : Optional.of(new LateWrites.Table(name, inserted, changed, deleted, keys));
    }

    private long read(Connection connection, String query, List<String> keys) throws SQLException {
        long count = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                count++;
                if (!key.isEmpty() && keys.size() < LateWrites.MOST_KEYS) {
                    keys.add(keyText(rows));
                }
            }
        }
        return count;
    }

    private String keyText(ResultSet rows) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            Object value = rows.getObject(i + 1);
            parts.add(key.get(i) + "="
                    + (value instanceof byte[] bytes ? "x'" + HexFormat.of().formatHex(bytes) + "'" : value));
        }
        return String.join(", ", parts);
    }

    static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
