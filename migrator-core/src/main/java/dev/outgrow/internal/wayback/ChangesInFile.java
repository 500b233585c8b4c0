package dev.outgrow.internal.wayback;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.page.PageFormatException;
import dev.outgrow.internal.sqlite.page.TwoStates;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.source.Snapshot;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;

/**
 * The tables of the new file about whose indexes and foreign keys SQLite still has to be asked. What is found in them is worth
 * something only for tables whose other rows are shown to be as they are in the backup; that may be shown meanwhile. Used by one
 * thread.
 */
final class ChangesInFile {
    private final Snapshot made;
    private final Snapshot frozen;
    private final RootPages roots;
    private final Connection file;
    private final Connection backup;
    private final Map<String, ChangedTable> changes = new HashMap<>();

    /**
     * What was found.
     *
     * @param indexes the tables whose indexes are right
     * @param parents the tables whose foreign keys hold, with the tables that this was found by: they themselves and their parents
     */
    record Found(Set<String> indexes, Map<String, Set<String>> parents) {
        Found {
            indexes = ImmutableSet.copyOf(indexes);
            parents = ImmutableMap.copyOf(parents);
        }
    }

    /**
     * The tables.
     *
     * @param tables those that may have been written to
     * @param file the new file, with the logs of what was written
     */
    ChangesInFile(
            Snapshot made,
            Snapshot frozen,
            RootPages roots,
            List<ChangedTable> tables,
            Connection file,
            Connection backup) {
        this.roots = roots;
        this.made = made;
        this.frozen = frozen;
        this.file = file;
        this.backup = backup;
        tables.forEach(table -> changes.put(Identifiers.key(table.name()), table));
    }

    /** Looks at all of them. */
    Found find(Catalog catalog) throws SQLException, InterruptedException {
        WrittenIndexes indexes = new WrittenIndexes(made, frozen, roots, file, backup);
        Set<String> right = new HashSet<>();
        for (Map.Entry<String, ChangedTable> table : changes.entrySet()) {
            if (indexes.areRight(table.getValue())) {
                right.add(table.getKey());
            }
        }
        WrittenParents parents = new WrittenParents(catalog, changes, file, backup);
        Map<String, Set<String>> holding = new HashMap<>();
        for (SqliteTable table : catalog.tables()) {
            if (!table.foreignKeys().isEmpty() && parents.areThere(table)) {
                Set<String> by = new HashSet<>(Set.of(Identifiers.key(table.name())));
                table.foreignKeys().forEach(key -> by.add(Identifiers.key(key.parentTable())));
                holding.put(Identifiers.key(table.name()), by);
            }
        }
        return new Found(right, holding);
    }

    /**
     * The tables whose indexes were not shown to be right.
     *
     * @param untouched the tables whose other rows are as they are in the backup
     */
    List<String> withoutIndexes(Found found, List<ChangedTable> untouched) throws SQLException {
        Set<String> right = keys(untouched);
        right.retainAll(found.indexes());
        List<String> open = new ArrayList<>();
        try (Statement statement = file.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY rowid")) {
            while (rows.next()) {
                String name = rows.getString(1);
                if (!right.contains(Identifiers.key(name)) && mayDiffer(name)) {
                    open.add(name);
                }
            }
        }
        return open;
    }

    /**
     * What a failure shows: nothing, if it concerns the query or the pages that it read. SQLite's own check names it then.
     *
     * @return false
     * @throws SQLException any other one
     */
    static boolean leftToSqlite(SQLException e) throws SQLException {
        int code = SqliteFailure.primaryCode(e);
        if (code == SQLiteErrorCode.SQLITE_ERROR.code || code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
            return false;
        }
        throw e;
    }

    private static Set<String> keys(List<ChangedTable> tables) {
        Set<String> keys = new HashSet<>();
        tables.forEach(table -> keys.add(Identifiers.key(table.name())));
        return keys;
    }

    private boolean mayDiffer(String table) {
        if (!roots.areAlike(table)) {
            return true;
        }
        try (TwoStates states = TwoStates.of(made.path(), frozen.path())) {
            for (long root : roots.of(table).values()) {
                if (states.mayDiffer(root)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | PageFormatException e) {
            return true;
        }
    }

    /**
     * The tables with foreign keys that were not shown to hold.
     *
     * @param untouched the tables whose other rows are as they are in the backup
     */
    static List<String> withoutParents(Catalog catalog, Found found, List<ChangedTable> untouched) {
        Set<String> known = keys(untouched);
        return catalog.tables().stream()
                .filter(table -> !table.foreignKeys().isEmpty())
                .map(SqliteTable::name)
                .filter(table -> {
                    Set<String> by = found.parents().get(Identifiers.key(table));
                    return by == null || !known.containsAll(by);
                })
                .toList();
    }
}
