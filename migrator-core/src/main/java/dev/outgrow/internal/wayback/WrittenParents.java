package dev.outgrow.internal.wayback;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteForeignKey;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.validate.internal.change.StoredValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            return ChangesInFile.leftToSqlite(e);
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

    /**
     * Whether no row points at a key that a changed or deleted row had, and no row has now. A key is only looked for if the backup finds
     * its own row by it: text that is not UTF-8 reaches Java as another.
     */
    private boolean stillPresent(SqliteTable child, SqliteForeignKey key, ChangedTable parent) throws SQLException {
        if (parent.changed() + parent.deleted() == 0) {
            return true;
        }
        String name = " FROM main." + SqliteName.quote(parent.name()) + " AS p WHERE ";
        String rowid = "p." + parent.place().get(0) + " = ?";
        List<String> columns =
                key.parentColumns().stream().map(SqliteName::quote).toList();
        String before =
                "SELECT " + columns.stream().map(column -> "p." + column).collect(joining(", ")) + name + rowid;
        String now = "SELECT 1" + name + condition("p.", columns);
        String pointing = "SELECT 1 FROM main." + SqliteName.quote(child.name()) + " AS t WHERE "
                + condition("t.", key.columns().stream().map(SqliteName::quote).toList());
        boolean indexed = isIndexed(child, key.columns(), false);
        ValueSlot[] values = RowLog.slots(columns.size());
        try (Rowids rowids = before(parent, key);
                PreparedStatement old = backup.prepareStatement(before);
                PreparedStatement itself = backup.prepareStatement(now + " AND " + rowid);
                PreparedStatement again = file.prepareStatement(now + " LIMIT 1");
                PreparedStatement children = file.prepareStatement(pointing + " LIMIT 1")) {
            for (; rowids.isThere(); rowids.move()) {
                old.setLong(1, rowids.current());
                if (!read(old, values) || isPointedAtByNone(values)) {
                    continue;
                }
                itself.setLong(1 + values.length, rowids.current());
                if (!isFound(itself, values) || (!isFound(again, values) && (!indexed || isFound(children, values)))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The rows of the backup that may have had a key that no row has now: where that is the rowid, those whose rowid is gone. */
    private static Rowids before(ChangedTable parent, SqliteForeignKey key) throws SQLException {
        boolean byRowid = key.parentColumns().size() == 1
                && parent.table()
                        .source()
                        .rowidAlias()
                        .filter(alias -> Identifiers.same(
                                alias.name(), key.parentColumns().get(0)))
                        .isPresent();
        return byRowid
                ? parent.written()
                        .rowidsGone(
                                "main." + SqliteName.quote(parent.name()),
                                parent.place().get(0))
                : parent.written().rowidsBefore();
    }

    private static String condition(String alias, List<String> columns) {
        return columns.stream().map(column -> alias + column + " = ?").collect(joining(" AND "));
    }

    private static boolean read(PreparedStatement statement, ValueSlot[] values) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            boolean there = row.next();
            for (int i = 0; there && i < values.length; i++) {
                StoredValue.get(row, 1 + i, values[i]);
            }
            return there;
        }
    }

    /** A key with NULL is nobody's parent. */
    private static boolean isPointedAtByNone(ValueSlot[] key) {
        return Arrays.stream(key).anyMatch(value -> value.storageClass() == StorageClass.NULL);
    }

    private static boolean isFound(PreparedStatement statement, ValueSlot[] key) throws SQLException {
        for (int i = 0; i < key.length; i++) {
            StoredValue.set(statement, 1 + i, key[i]);
        }
        try (ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }
}
