package dev.outgrow.internal.wayback;

import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.page.PageFormatException;
import dev.outgrow.internal.sqlite.page.TwoStates;
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

/** The tables of the new file about whose indexes and foreign keys SQLite still has to be asked. Used by one thread. */
final class ChangesInFile {
    private final Snapshot made;
    private final Snapshot frozen;
    private final RootPages roots;
    private final Connection file;
    private final Connection backup;
    private final Map<String, ChangedTable> proven = new HashMap<>();

    /**
     * The tables.
     *
     * @param tables those whose other rows were shown to be as they are in the backup
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
        tables.forEach(table -> proven.put(Identifiers.key(table.name()), table));
    }

    /** The tables whose indexes were not shown to be right. */
    List<String> withoutIndexes() throws SQLException, InterruptedException {
        WrittenIndexes indexes = new WrittenIndexes(made, frozen, roots, file, backup);
        Set<String> right = new HashSet<>();
        for (Map.Entry<String, ChangedTable> table : proven.entrySet()) {
            if (indexes.areRight(table.getValue())) {
                right.add(table.getKey());
            }
        }
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

    /** The tables with foreign keys that were not shown to hold. */
    List<String> withoutParents(Catalog catalog) throws SQLException {
        WrittenParents parents = new WrittenParents(catalog, proven, file, backup);
        List<String> open = new ArrayList<>();
        for (SqliteTable table : catalog.tables()) {
            if (!table.foreignKeys().isEmpty() && !parents.areThere(table)) {
                open.add(table.name());
            }
        }
        return open;
    }
}
