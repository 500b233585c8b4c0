package dev.outgrow.corpus;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What SQLite itself says of a schema, by its pragmas; nothing of it comes from the library. */
record SqliteSchema(Connection connection) {
    /** A column, as {@code table_xinfo} has it. */
    record Column(
            String name,
            String type,
            boolean notNull,
            @Nullable String defaultValue,
            int key,
            boolean generated) {}

    /** A key of an index: a column, or null for an expression. */
    record Key(@Nullable String column, boolean descending, String collation) {}

    /** An index, as {@code index_list} and {@code index_xinfo} have it. */
    record Index(String name, boolean unique, String origin, boolean partial, List<Key> keys) {}

    /** A foreign key, as {@code foreign_key_list} has it; no parent columns where it names none. */
    record ForeignKey(
            String parent, List<String> columns, List<String> parentColumns, String onUpdate, String onDelete) {}

    private static final Pattern NOISE = Pattern.compile(
            "--[^\n]*|/\\*.*?\\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\\[[^]]*]", Pattern.DOTALL);

    List<String> names(String type) throws SQLException {
        return strings(
                "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'", type);
    }

    /** Tables with rows of their own: neither virtual ones, nor those by which they keep their content. */
    List<String> tables() throws SQLException {
        return strings("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
    }

    List<String> virtualTables() throws SQLException {
        return strings("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'create virtual %'");
    }

    List<Column> columns(String table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?) WHERE hidden <> 1")) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(new Column(
                            rows.getString(1),
                            String.valueOf(rows.getString(2)),
                            rows.getBoolean(3),
                            rows.getString(4),
                            rows.getInt(5),
                            rows.getInt(6) > 1));
                }
            }
        }
        return columns;
    }

    /** Whether the one key column of a table is its rowid: it has no index of its own, and the table is no other tree. */
    boolean keyIsRowid(String table) throws SQLException {
        boolean withoutRowid = !strings(
                        "SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND wr AND name = ?", table)
                .isEmpty();
        return !withoutRowid
                && columns(table).stream().filter(column -> column.key() > 0).count() == 1
                && indexes(table).stream().noneMatch(index -> index.origin().equals("pk"));
    }

    List<Index> indexes(String table) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT name, \"unique\", origin, partial FROM pragma_index_list(?) ORDER BY seq DESC")) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    indexes.add(new Index(
                            rows.getString(1),
                            rows.getBoolean(2),
                            rows.getString(3),
                            rows.getBoolean(4),
                            keys(rows.getString(1))));
                }
            }
        }
        return indexes;
    }

    private List<Key> keys(String index) throws SQLException {
        List<Key> keys = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT name, \"desc\", coll FROM pragma_index_xinfo(?) WHERE key ORDER BY seqno")) {
            statement.setString(1, index);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    keys.add(new Key(
                            rows.getString(1),
                            rows.getBoolean(2),
                            rows.getString(3).toUpperCase(Locale.ROOT)));
                }
            }
        }
        return keys;
    }

    List<ForeignKey> foreignKeys(String table) throws SQLException {
        List<ForeignKey> keys = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT seq, \"table\", \"from\", \"to\", on_update, on_delete FROM pragma_foreign_key_list(?)"
                        + " ORDER BY id DESC, seq")) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getInt(1) == 0) {
                        keys.add(new ForeignKey(
                                rows.getString(2),
                                new ArrayList<>(),
                                new ArrayList<>(),
                                rows.getString(5),
                                rows.getString(6)));
                    }
                    ForeignKey key = keys.get(keys.size() - 1);
                    key.columns().add(rows.getString(3));
                    if (rows.getString(4) != null) {
                        key.parentColumns().add(rows.getString(4));
                    }
                }
            }
        }
        return keys;
    }

    /** How often a word stands in the text of a table, outside of names, strings and comments. */
    long count(String table, String regex) throws SQLException {
        String sql = strings("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", table)
                .get(0);
        Matcher words = Pattern.compile(regex, Pattern.CASE_INSENSITIVE)
                .matcher(NOISE.matcher(sql).replaceAll(" x "));
        return words.results().count();
    }

    List<String> viewColumns(String view) throws SQLException {
        return strings("SELECT name FROM pragma_table_info(?) ORDER BY cid", view);
    }

    /** What an INSERT gives that does not name the column: its value, and its storage class behind it. */
    String insertedDefault(Column column) throws SQLException {
        String type = column.type().isBlank() ? "" : '"' + column.type().replace("\"", "\"\"") + '"';
        try (var statement = connection.createStatement()) {
            statement.execute("ATTACH ':memory:' AS scratch");
            try {
                statement.execute(
                        "CREATE TABLE scratch.d (c " + type + " DEFAULT (" + column.defaultValue() + "\n), other)");
                statement.execute("INSERT INTO scratch.d (other) VALUES (1)");
                try (ResultSet row = statement.executeQuery(
                        "SELECT CASE typeof(c) WHEN 'blob' THEN hex(c) ELSE c END FROM scratch.d")) {
                    row.next();
                    return String.valueOf(row.getString(1));
                }
            } catch (SQLException bareWord) {
                return String.valueOf(column.defaultValue()).replaceAll("^[\"'`]|[\"'`]$", "");
            } finally {
                statement.execute("DETACH scratch");
            }
        }
    }

    @Nullable
    String single(String sql) throws SQLException {
        List<String> all = strings(sql);
        return all.isEmpty() ? null : all.get(0);
    }

    private List<String> strings(String sql, String... parameters) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    strings.add(String.valueOf(rows.getString(1)));
                }
            }
        }
        return strings;
    }
}
