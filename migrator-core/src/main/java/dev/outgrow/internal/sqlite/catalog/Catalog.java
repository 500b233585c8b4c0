package dev.outgrow.internal.sqlite.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The schema of one SQLite database, as it stood in one transaction. Everything is in the order of {@code sqlite_schema}.
 * Immutable.
 *
 * @param encoding {@code UTF-8}, {@code UTF-16le} or {@code UTF-16be}
 * @param userVersion {@code PRAGMA user_version}
 * @param applicationId {@code PRAGMA application_id}
 * @param tables the ordinary tables: no system, shadow or virtual ones
 * @param virtualTables the virtual tables, with their shadow tables
 * @param views the views
 * @param triggers the triggers
 * @param systemTables the names of SQLite's own tables, such as {@code sqlite_sequence} and {@code sqlite_stat1}
 * @param sequences the high-water marks of {@code sqlite_sequence} by table, if they are integers
 */
public record Catalog(
        String encoding,
        int userVersion,
        int applicationId,
        List<SqliteTable> tables,
        List<SqliteVirtualTable> virtualTables,
        List<SqliteView> views,
        List<SqliteTrigger> triggers,
        List<String> systemTables,
        Map<String, Long> sequences) {
    public Catalog {
        tables = ImmutableList.copyOf(tables);
        virtualTables = ImmutableList.copyOf(virtualTables);
        views = ImmutableList.copyOf(views);
        triggers = ImmutableList.copyOf(triggers);
        systemTables = ImmutableList.copyOf(systemTables);
        sequences = ImmutableMap.copyOf(sequences);
    }

    /** The ordinary table of that name, whatever the case of its ASCII letters. */
    public Optional<SqliteTable> table(String name) {
        for (SqliteTable table : tables) {
            if (Identifiers.same(table.name(), name)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    /** The greatest rowid that an AUTOINCREMENT table ever had; empty if {@code sqlite_sequence} has no row for it. */
    public OptionalLong sequence(String table) {
        OptionalLong greatest = OptionalLong.empty();
        for (Map.Entry<String, Long> entry : sequences.entrySet()) {
            if (Identifiers.same(entry.getKey(), table)
                    && (greatest.isEmpty() || entry.getValue() > greatest.getAsLong())) {
                greatest = OptionalLong.of(entry.getValue());
            }
        }
        return greatest;
    }
}
