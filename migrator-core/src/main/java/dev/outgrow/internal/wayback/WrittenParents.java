package dev.outgrow.internal.wayback;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteForeignKey;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.SqliteName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;

/**
 * Whether the foreign keys of a table hold in the new file, as far as they do in the backup. {@code foreign_key_check} looks up the
 * parent of every row; a row that was not written can only have lost its parent. So two things are enough: each written row has
 * its parents, and no row points at a key that its parent table has no more. A table for which that cannot be shown is left to
 * {@code foreign_key_check}. Used by one thread.
 */
final class WrittenParents {
    private final Catalog catalog;
    private final Map<String, ChangedTable> changes;
    private final Connection file;
    private final Connection backup;

    /**
     * Foreign keys of any tables.
     *
     * @param changes what was written, by table as {@link Identifiers#key} names it
     * @param file the new file, with the logs of what was written
     */
    WrittenParents(Catalog catalog, Map<String, ChangedTable> changes, Connection file, Connection backup) {
        this.catalog = catalog;
        this.changes = changes;
        this.file = file;
        this.backup = backup;
    }

    /** Whether all foreign keys of a table were shown to hold. */
    boolean areThere(SqliteTable child) throws SQLException {
        try {
            for (SqliteForeignKey key : child.foreignKeys()) {
                if (!holds(child, key)) {
                    return false;
                }
            }
            return true;
        } catch (SQLException e) {
            if (SqliteFailure.primaryCode(e) == SQLiteErrorCode.SQLITE_ERROR.code) {
                return false;
            }
            throw e;
        }
    }

    private boolean holds(SqliteTable child, SqliteForeignKey key) throws SQLException {
        Optional<SqliteTable> parent = catalog.table(key.parentTable());
        ChangedTable ofChild = changes.get(Identifiers.key(child.name()));
        ChangedTable ofParent = changes.get(Identifiers.key(key.parentTable()));
        if (parent.isEmpty()
                || ofChild == null
                || ofParent == null
                || !ofChild.isLogged()
                || !ofParent.isLogged()
                || child.withoutRowid()
                || parent.get().withoutRowid()
                || !areAlike(child, key.columns(), parent.get(), key.parentColumns())
                || !isIndexed(parent.get(), key.parentColumns(), true)) {
            return false;
        }
        return written(ofChild, key) && stillPresent(child, key, ofParent);
    }

    /** SQLite compares by the parent's affinity and collation. */
    private static boolean areAlike(
            SqliteTable child, List<String> columns, SqliteTable parent, List<String> parentColumns) {
        if (columns.isEmpty() || columns.size() != parentColumns.size()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            Optional<SqliteColumn> one = child.column(columns.get(i));
            Optional<SqliteColumn> other = parent.column(parentColumns.get(i));
            if (one.isEmpty()
                    || other.isEmpty()
                    || one.get().source().affinity() != other.get().source().affinity()
                    || !one.get()
                            .source()
                            .collation()
                            .equals(other.get().source().collation())) {
                return false;
            }
        }
        return true;
    }

    /** Whether an index, or the rowid, finds the rows with given values in these columns. */
    private static boolean isIndexed(SqliteTable table, List<String> columns, boolean unique) {
        boolean rowid = table.rowidAlias()
                .filter(alias -> Identifiers.same(alias.name(), columns.get(0)))
                .isPresent();
        if (rowid && (!unique || columns.size() == 1)) {
            return true;
        }
        return table.indexes().stream()
                .anyMatch(index -> index.predicate().isEmpty()
                        && (!unique || (index.unique() && index.terms().size() == columns.size()))
                        && covers(table, index, unique ? columns : columns.subList(0, 1)));
    }

    private static boolean covers(SqliteTable table, SqliteIndex index, List<String> columns) {
        return index.terms().size() >= columns.size()
                && columns.stream()
                        .allMatch(column -> index.terms().subList(0, columns.size()).stream()
                                .anyMatch(term -> term.column()
                                                .filter(name -> Identifiers.same(name, column))
                                                .isPresent()
                                        && table.column(column)
                                                .filter(found -> found.source()
                                                        .collation()
                                                        .equals(term.collation()))
                                                .isPresent()));
    }

    /** Whether each written row has its parent. */
    private boolean written(ChangedTable child, SqliteForeignKey key) throws SQLException {
        List<String> given = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < key.columns().size(); i++) {
            String column = "t." + SqliteName.quote(key.columns().get(i));
            given.add(column + " IS NOT NULL");
            equal.add("p." + SqliteName.quote(key.parentColumns().get(i)) + " = " + column);
        }
        String query = "SELECT 1 FROM " + child.carriedRows() + " AS k CROSS JOIN main."
                + SqliteName.quote(child.name()) + " AS t ON t." + child.place().get(0) + " = k.p0 WHERE "
                + String.join(" AND ", given) + " AND NOT EXISTS (SELECT 1 FROM main."
                + SqliteName.quote(key.parentTable()) + " AS p WHERE " + String.join(" AND ", equal) + ") LIMIT 1";
        try (Statement statement = file.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return !row.next();
        }
    }

    /** Whether no row points at a key that a changed or deleted row had, and no row has now. */
    private boolean stillPresent(SqliteTable child, SqliteForeignKey key, ChangedTable parent) throws SQLException {
        if (parent.changed() + parent.deleted() == 0) {
            return true;
        }
        String name = " FROM main." + SqliteName.quote(parent.name()) + " AS p WHERE ";
        List<String> columns =
                key.parentColumns().stream().map(SqliteName::quote).toList();
        String before =
                "SELECT " + columns.stream().map(column -> "p." + column).collect(joining(", ")) + name + "p."
                        + parent.place().get(0) + " = ?";
        String now = "SELECT 1" + name + condition("p.", columns) + " LIMIT 1";
        String pointing = "SELECT 1 FROM main." + SqliteName.quote(child.name()) + " AS t WHERE "
                + condition("t.", key.columns().stream().map(SqliteName::quote).toList()) + " LIMIT 1";
        boolean indexed = isIndexed(child, key.columns(), false);
        try (Rowids rowids = parent.written().rowidsBefore();
                PreparedStatement old = backup.prepareStatement(before);
                PreparedStatement again = file.prepareStatement(now);
                PreparedStatement children = file.prepareStatement(pointing)) {
            for (; rowids.isThere(); rowids.move()) {
                old.setLong(1, rowids.current());
                try (ResultSet row = old.executeQuery()) {
                    if (row.next() && !isFound(again, row) && (!indexed || isFound(children, row))) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    private static String condition(String alias, List<String> columns) {
        return columns.stream().map(column -> alias + column + " = ?").collect(joining(" AND "));
    }

    private static boolean isFound(PreparedStatement statement, ResultSet key) throws SQLException {
        int values = key.getMetaData().getColumnCount();
        for (int i = 1; i <= values; i++) {
            statement.setObject(i, key.getObject(i));
        }
        try (ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }
}
