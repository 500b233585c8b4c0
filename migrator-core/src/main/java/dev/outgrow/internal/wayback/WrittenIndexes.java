package dev.outgrow.internal.wayback;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.page.EntryChanges;
import dev.outgrow.internal.sqlite.page.IndexDifferences;
import dev.outgrow.internal.sqlite.page.PageFormatException;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.validate.internal.change.StoredValue;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether the indexes of a table are right in the new file, as far as they are in the backup. {@code integrity_check} looks up every
 * row in every index, which takes as long as the whole run did. Its {@code quick_check} form looks at everything else; what is
 * left follows from the changes: each index has the entries that it has in the backup, in the same order and no other, except that
 * those of rows that were deleted or changed in its columns are gone, and those of all written rows are there, where SQLite finds
 * them, once if the index is unique. An index for which that cannot be shown is left to {@code integrity_check}. Used by one thread.
 */
final class WrittenIndexes {
    private final Snapshot made;
    private final Snapshot frozen;
    private final RootPages roots;
    private final Connection file;
    private final Connection backup;

    /**
     * Indexes of any tables.
     *
     * @param file the new file, with the logs of what was written
     */
    WrittenIndexes(Snapshot made, Snapshot frozen, RootPages roots, Connection file, Connection backup) {
        this.roots = roots;
        this.made = made;
        this.frozen = frozen;
        this.file = file;
        this.backup = backup;
    }

    /** Whether all indexes of a table were shown to be right. */
    boolean areRight(ChangedTable table) throws SQLException, InterruptedException {
        SqliteTable source = table.table().source();
        if (!table.isLogged() || source.withoutRowid() || !isUtf8()) {
            return false;
        }
        try (IndexDifferences differences = IndexDifferences.of(made.path(), frozen.path())) {
            for (SqliteIndex index : source.indexes()) {
                Optional<List<String>> columns = columns(source, index);
                if (columns.isEmpty() || !isRight(table, index, columns.get(), differences)) {
                    return false;
                }
            }
            return true;
        } catch (IOException | PageFormatException e) {
            return false;
        } catch (SQLException e) {
            return ChangesInFile.leftToSqlite(e);
        }
    }

    private boolean isUtf8() throws SQLException {
        try (Statement statement = file.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA main.encoding")) {
            return row.next() && row.getString(1).equals("UTF-8");
        }
    }

    /** The columns, quoted; empty unless the index has nothing but columns, each in its own collation, and all rows. */
    private static Optional<List<String>> columns(SqliteTable table, SqliteIndex index) {
        List<String> columns = new ArrayList<>();
        for (SqliteIndex.IndexTerm term : index.terms()) {
            Optional<SqliteColumn> column = term.column().flatMap(table::column);
            if (column.filter(stored -> stored.generation().isEmpty()
                            && !stored.hidden()
                            && stored.source().collation().equals(term.collation()))
                    .isEmpty()) {
                return Optional.empty();
            }
            columns.add(SqliteName.quote(column.get().name()));
        }
        return index.predicate().isEmpty() ? Optional.of(columns) : Optional.empty();
    }

    private boolean isRight(ChangedTable table, SqliteIndex index, List<String> columns, IndexDifferences differences)
            throws SQLException, IOException, PageFormatException, InterruptedException {
        OptionalLong root = roots.of(table.name(), index.name());
        if (root.isEmpty()) {
            return false;
        }
        String rowid = table.place().get(0);
        EntryChanges changes = new EntryChanges();
        String touching = table.written().touching(places(table, index));
        String entry = columns.stream().map(column -> "t." + column).collect(joining(", ")) + ", t." + rowid;
        String name = " FROM main." + SqliteName.quote(table.name()) + " AS t";
        added(
                "SELECT " + entry + " FROM " + table.written().carriedRows(touching) + " AS k CROSS JOIN main."
                        + SqliteName.quote(table.name()) + " AS t ON t." + rowid + " = k.p0",
                columns.size() + 1,
                changes);
        gone(table, touching, "SELECT " + entry + name + " WHERE t." + rowid + " = ?", columns.size() + 1, changes);
        return changes.areFew()
                && differences.areOnly(root.getAsLong(), changes)
                && areFound(table, index, columns, rowid);
    }

    /** Where the columns of an index are among those that were compared. */
    private static BitSet places(ChangedTable table, SqliteIndex index) {
        BitSet places = new BitSet();
        for (int i = 0; i < table.columns().size(); i++) {
            String name = table.columns().get(i).column().name();
            places.set(
                    i,
                    index.terms().stream()
                            .anyMatch(term -> term.column()
                                    .filter(column -> Identifiers.same(column, name))
                                    .isPresent()));
        }
        return places;
    }

    private void added(String query, int values, EntryChanges changes) throws SQLException {
        ValueSlot[] slots = RowLog.slots(values);
        try (Statement statement = file.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next() && changes.areFew()) {
                read(rows, slots);
                changes.added(slots);
            }
        }
    }

    private void gone(ChangedTable table, String touching, String query, int values, EntryChanges changes)
            throws SQLException {
        ValueSlot[] slots = RowLog.slots(values);
        try (Rowids rowids = table.written().rowidsBefore(touching);
                PreparedStatement statement = backup.prepareStatement(query)) {
            for (; rowids.isThere() && changes.areFew(); rowids.move()) {
                statement.setLong(1, rowids.current());
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        read(row, slots);
                        changes.gone(slots);
                    }
                }
            }
        }
    }

    private static void read(ResultSet row, ValueSlot[] slots) throws SQLException {
        for (int i = 0; i < slots.length; i++) {
            StoredValue.get(row, 1 + i, slots[i]);
        }
    }

    /** Whether SQLite finds each written row by the index, and no other of its key if it is unique. */
    private boolean areFound(ChangedTable table, SqliteIndex index, List<String> columns, String rowid)
            throws SQLException {
        String name = "main." + SqliteName.quote(table.name());
        String byIndex = "SELECT 1 FROM " + name + " AS e INDEXED BY " + SqliteName.quote(index.name()) + " WHERE ";
        String same = columns.stream()
                .map(column -> "e." + column + " IS t." + column)
                .collect(joining(" AND "));
        String equal =
                columns.stream().map(column -> "e." + column + " = t." + column).collect(joining(" AND "));
        String query = "SELECT 1 FROM " + table.carriedRows() + " AS k CROSS JOIN " + name + " AS t ON t." + rowid
                + " = k.p0 WHERE NOT EXISTS (" + byIndex + same + " AND e." + rowid + " = t." + rowid + ")"
                + (index.unique() ? " OR EXISTS (" + byIndex + equal + " AND e." + rowid + " <> t." + rowid + ")" : "")
                + " LIMIT 1";
        try (Statement statement = file.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return !row.next();
        }
    }
}
