package dev.outgrow.internal.sqlite.read;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A query whose rows a {@link RowReader} reads. Immutable.
 *
 * @param subject whose rows, as messages name it: {@code "table users"}
 * @param sql the text
 * @param columnCount how many columns the rows have
 * @param bounds the values of the parameters in their order: {@code Long}, {@code Double}, {@code String} or {@code byte[]}
 * @param scan the same query without SQL, if it gives values of a range as they are stored
 */
public record RowQuery(String subject, String sql, int columnCount, List<Object> bounds, Optional<Scan> scan) {
    private static final String ALIAS = "r";

    /**
     * Rows as they are stored.
     *
     * @param table the table
     * @param columns the names of the columns
     * @param withRowid whether the rowid comes after them
     * @param range which rows
     */
    public record Scan(SqliteTable table, List<String> columns, boolean withRowid, RowRange range) {
        public Scan {
            columns = ImmutableList.copyOf(columns);
        }

        /** The query of the rows of another range. */
        RowQuery within(RowRange other) {
            return withRowid ? RowQuery.rangeWithRowid(table, columns, other) : RowQuery.range(table, columns, other);
        }
    }

    public RowQuery {
        bounds = ImmutableList.copyOf(bounds);
    }

    /** A query that the caller gives, without parameters. */
    public static RowQuery of(String subject, String sql, int columnCount) {
        return new RowQuery(subject, sql, columnCount, List.of(), Optional.empty());
    }

    /**
     * All rows of a table, in the order of its b-tree: by rowid, or by primary key if the table is WITHOUT ROWID.
     *
     * @param table the table
     * @param columns the names of the columns to select, including generated ones if wanted
     */
    public static RowQuery all(SqliteTable table, List<String> columns) {
        return range(table, columns, RowRange.ALL);
    }

    /**
     * The rows of a table between two keys, in the order of its b-tree.
     *
     * @param table the table
     * @param columns the names of the columns to select
     * @param range which rows
     * @throws IllegalArgumentException if the rows have no key that SQL could name
     */
    public static RowQuery range(SqliteTable table, List<String> columns, RowRange range) {
        return new RowQuery(
                subject(table),
                select(table, columns) + condition(table, range) + order(table),
                columns.size(),
                bounds(range),
                Optional.of(new Scan(table, columns, false, range)));
    }

    /**
     * The columns that a {@link RowRange} of the table speaks of, ready to be put into a text; empty if it has none.
     */
    public static List<String> keyColumns(SqliteTable table) {
        if (!table.withoutRowid()) {
            Optional<String> rowid = Rowid.nameIn(table);
            return rowid.isPresent() ? List.of(rowid.get()) : List.of();
        }
        List<String> key = new ArrayList<>();
        if (table.primaryKey().isPresent()) {
            for (String column : table.primaryKey().get().columns()) {
                key.add(SqliteName.quote(column));
            }
        }
        return key;
    }

    private static String condition(SqliteTable table, RowRange range) {
        List<String> conditions = new ArrayList<>();
        if (!range.after().isEmpty()) {
            conditions.add(condition(table, " > ", range.after()));
        }
        if (!range.upTo().isEmpty()) {
            conditions.add(condition(table, " <= ", range.upTo()));
        }
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private static String condition(SqliteTable table, String comparison, List<Object> bound) {
        List<String> key = keyColumns(table);
        checkArgument(bound.size() == key.size(), "a key of %s columns in %s", bound.size(), table.name());
        return row(key.stream().map(column -> ALIAS + '.' + column).toList())
                + comparison
                + row(Collections.nCopies(key.size(), "?"));
    }

    private static String row(List<String> values) {
        return values.size() == 1 ? values.get(0) : '(' + String.join(", ", values) + ')';
    }

    /** The same query with the rowid as one more column at the end, to name rows that have no key. */
    public static RowQuery rangeWithRowid(SqliteTable table, List<String> columns, RowRange range) {
        String rowid = ALIAS
                + '.'
                + Rowid.nameIn(table)
                        .orElseThrow(() -> new IllegalArgumentException("no name for the rowid of " + table.name()));
        return new RowQuery(
                subject(table),
                select(columnList(columns) + ", " + rowid, table) + condition(table, range) + order(table),
                columns.size() + 1,
                bounds(range),
                Optional.of(new Scan(table, columns, true, range)));
    }

    /**
     * The rows of the range whose values together hold at most so many bytes.
     *
     * @param table the table
     * @param columns the names of the columns to select
     * @param withRowid whether the rowid comes after them
     * @param range which rows
     * @param sized the names of the columns whose bytes count
     * @param encoding of the database
     * @param mostBytes the bytes
     */
    public static RowQuery within(
            SqliteTable table,
            List<String> columns,
            boolean withRowid,
            RowRange range,
            List<String> sized,
            TextEncoding encoding,
            long mostBytes) {
        String rowid = withRowid
                ? Rowid.nameIn(table).map(name -> ", " + ALIAS + '.' + name).orElse("")
                : "";
        String size = String.join(" + ", sizes(sized, encoding)) + " <= " + mostBytes;
        return new RowQuery(
                subject(table),
                select(columnList(columns) + rowid, table) + and(condition(table, range), size) + order(table),
                columns.size() + (withRowid ? 1 : 0),
                bounds(range),
                Optional.empty());
    }

    /**
     * The other rows of the range: the bytes of each value in its place, and after them the {@link #keyColumns}.
     *
     * @param table the table
     * @param columns the names of the columns
     * @param range which rows
     * @param encoding of the database
     * @param mostBytes the bytes
     */
    public static RowQuery beyond(
            SqliteTable table, List<String> columns, RowRange range, TextEncoding encoding, long mostBytes) {
        List<String> list = new ArrayList<>(sizes(columns, encoding));
        String size = String.join(" + ", list) + " > " + mostBytes;
        keyColumns(table).forEach(key -> list.add(ALIAS + '.' + key));
        return new RowQuery(
                subject(table),
                select(String.join(", ", list), table) + and(condition(table, range), size) + order(table),
                list.size(),
                bounds(range),
                Optional.empty());
    }

    /**
     * The rows that hold more bytes in some columns.
     *
     * @param table the table
     * @param columns the names of the columns to select
     * @param sized the names of the columns whose bytes count
     * @param encoding of the database
     * @param bytes how many there are in the smaller rows
     */
    public static RowQuery larger(
            SqliteTable table, List<String> columns, List<String> sized, TextEncoding encoding, long bytes) {
        return new RowQuery(
                subject(table),
                select(table, columns) + " WHERE " + String.join(" + ", sizes(sized, encoding)) + " > " + bytes
                        + order(table),
                columns.size(),
                List.of(),
                Optional.empty());
    }

    private static String and(String condition, String other) {
        return condition.isEmpty() ? " WHERE " + other : condition + " AND " + other;
    }

    /**
     * SQLite knows the sizes without reading the values; UTF-16 text counts with the size that it may take in UTF-8.
     */
    private static List<String> sizes(List<String> columns, TextEncoding encoding) {
        String asUtf8 = encoding == TextEncoding.UTF_8 ? "" : " * 3 / 2";
        List<String> sizes = new ArrayList<>();
        for (String column : columns) {
            sizes.add("coalesce(octet_length(" + ALIAS + '.' + SqliteName.quote(column) + ")" + asUtf8 + ", 0)");
        }
        return sizes;
    }

    private static List<Object> bounds(RowRange range) {
        return ImmutableList.builder()
                .addAll(range.after())
                .addAll(range.upTo())
                .build();
    }

    private static String subject(SqliteTable table) {
        return "table " + table.name();
    }

    private static String select(SqliteTable table, List<String> columns) {
        return select(columnList(columns), table);
    }

    /** NOT INDEXED: an index that covers the columns would give its own order, and holds nothing that the table lacks. */
    private static String select(String columnList, SqliteTable table) {
        return "SELECT " + columnList + " FROM main." + SqliteName.quote(table.name()) + " AS " + ALIAS
                + " NOT INDEXED";
    }

    /** Qualified, since SQLite takes an unknown quoted name that stands alone for a text ("Quirks", section 8). */
    private static String columnList(List<String> columns) {
        StringBuilder list = new StringBuilder();
        for (String column : columns) {
            list.append(list.length() == 0 ? "" : ", ")
                    .append(ALIAS)
                    .append('.')
                    .append(SqliteName.quote(column));
        }
        return columns.isEmpty() ? "NULL" : list.toString();
    }

    private static String order(SqliteTable table) {
        Optional<String> rowid = Rowid.nameIn(table);
        return rowid.isPresent() ? " ORDER BY " + ALIAS + '.' + rowid.get() : "";
    }
}
