package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.KeyText;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowReader;
import dev.outgrow.internal.sqlite.read.Rowid;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.Evidence;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** Queries to the snapshot for what the census does not know. Not safe for concurrent use. */
public final class SnapshotQueries {
    private final Connection connection;
    private final TextEncoding encoding;

    public SnapshotQueries(Connection connection, TextEncoding encoding) {
        this.connection = connection;
        this.encoding = encoding;
    }

    /** How many rows a table has. */
    long rows(SqliteTable table) {
        return number(table, "SELECT count(*) FROM " + from(table));
    }

    /** How many values of a column are not NULL. */
    long values(SqliteTable table, String column) {
        return number(table, "SELECT count(r." + SqliteName.quote(column) + ") FROM " + from(table));
    }

    /** The greatest value of a column, as an integer; 0 if there is none. */
    public long greatest(SqliteTable table, String column) {
        return number(
                table,
                "SELECT coalesce(max(CAST(r." + SqliteName.quote(column) + " AS INTEGER)), 0) FROM " + from(table));
    }

    /** The rows of a table, called {@code r}, for which a condition is true. */
    Evidence where(SqliteTable table, String condition) {
        String from = from(table) + " WHERE " + condition;
        long rows = number(table, "SELECT count(*) FROM " + from);
        List<String> keys = new ArrayList<>();
        List<String> columns = keyColumns(table);
        if (rows > 0 && !columns.isEmpty()) {
            String list = columns.stream().map(column -> "r." + column).collect(joining(", "));
            RowQuery some = RowQuery.of(
                    subject(table),
                    "SELECT " + list + " FROM " + from + " LIMIT " + Evidence.MOST_KEYS,
                    columns.size());
            try (RowReader reader = RowReader.open(connection, some, encoding)) {
                KeyText key = KeyText.ofAll(table, reader.slots());
                while (reader.next()) {
                    keys.add(key.text());
                }
            }
        }
        return new Evidence(rows, keys);
    }

    private long number(SqliteTable table, String sql) {
        try (RowReader reader = RowReader.open(connection, RowQuery.of(subject(table), sql, 1), encoding)) {
            reader.next();
            return reader.slots()[0].integer();
        }
    }

    private static String subject(SqliteTable table) {
        return "table " + table.name();
    }

    static String from(SqliteTable table) {
        return "main." + SqliteName.quote(table.name()) + " AS r";
    }

    private static List<String> keyColumns(SqliteTable table) {
        List<String> primary = table.primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of()).stream()
                .map(SqliteName::quote)
                .toList();
        return primary.isEmpty() ? Rowid.nameIn(table).map(List::of).orElse(List.of()) : primary;
    }
}
