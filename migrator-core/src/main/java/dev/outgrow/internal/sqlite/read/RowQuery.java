package dev.outgrow.internal.sqlite.read;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import java.util.List;
import java.util.Optional;

/**
 * A query whose rows a {@link RowReader} reads. Immutable.
 *
 * @param subject whose rows, as messages name it: {@code "table users"}
 * @param sql the text
 * @param columnCount how many columns the rows have
 * @param bounds the values of the parameters in their order: {@code Long}, {@code String} or {@code byte[]}
 */
public record RowQuery(String subject, String sql, int columnCount, List<Object> bounds) {
    private static final String ALIAS = "r";

    public RowQuery {
        bounds = ImmutableList.copyOf(bounds);
    }

    /** A query of the caller's own, without parameters. */
    public static RowQuery of(String subject, String sql, int columnCount) {
        return new RowQuery(subject, sql, columnCount, List.of());
    }

    /**
     * All rows of a table, in the order of its b-tree: by rowid, or by primary key where the table is WITHOUT ROWID.
     *
     * @param table the table
     * @param columns the names of the columns to select, generated ones included where wanted
     */
    public static RowQuery all(SqliteTable table, List<String> columns) {
        return new RowQuery(subject(table), select(table, columns) + order(table), columns.size(), List.of());
    }

    /**
     * The rows of a table whose rowid is in the range, in the order of the rowid.
     *
     * @param table the table
     * @param columns the names of the columns to select
     * @param range which rows
     * @throws IllegalArgumentException where the rows have no rowid that SQL could name
     */
    public static RowQuery range(SqliteTable table, List<String> columns, RowidRange range) {
        String rowid = ALIAS
                + '.'
                + RowidRange.rowidName(table)
                        .orElseThrow(() -> new IllegalArgumentException("no name for the rowid of " + table.name()));
        String sql = select(table, columns) + " WHERE " + rowid + " BETWEEN ? AND ? ORDER BY " + rowid;
        return new RowQuery(subject(table), sql, columns.size(), List.of(range.first(), range.last()));
    }

    /** The same rows with one more column at the end: the rowid, for those who must name a row that has no key. */
    public static RowQuery allWithRowid(SqliteTable table, List<String> columns) {
        String rowid = ALIAS
                + '.'
                + RowidRange.rowidName(table)
                        .orElseThrow(() -> new IllegalArgumentException("no name for the rowid of " + table.name()));
        String sql = select(columnList(columns) + ", " + rowid, table) + " ORDER BY " + rowid;
        return new RowQuery(subject(table), sql, columns.size() + 1, List.of());
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
        return columns.isEmpty()
                ? "NULL"
                : String.join(
                        ", ",
                        columns.stream()
                                .map(column -> ALIAS + '.' + SqliteName.quote(column))
                                .toList());
    }

    private static String order(SqliteTable table) {
        Optional<String> rowid = RowidRange.rowidName(table);
        return rowid.map(name -> " ORDER BY " + ALIAS + '.' + name).orElse("");
    }
}
