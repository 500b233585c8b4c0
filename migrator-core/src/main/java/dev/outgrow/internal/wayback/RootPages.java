package dev.outgrow.internal.wayback;

import dev.outgrow.internal.sqlite.ddl.Identifiers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Where the trees of tables and indexes begin, in the new file and in the backup. Immutable. */
final class RootPages {
    private final Map<String, Map<String, Long>> now;
    private final Map<String, Map<String, Long>> then;

    private RootPages(Map<String, Map<String, Long>> now, Map<String, Map<String, Long>> then) {
        this.now = now;
        this.then = then;
    }

    /** Those of both files as their schemas say. */
    static RootPages of(Connection file, Connection backup) throws SQLException {
        return new RootPages(read(file), read(backup));
    }

    /** By table and name. */
    private static Map<String, Map<String, Long>> read(Connection connection) throws SQLException {
        Map<String, Map<String, Long>> trees = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT tbl_name, name, rootpage FROM main.sqlite_schema WHERE type IN ('table', 'index')")) {
            while (rows.next()) {
                trees.computeIfAbsent(Identifiers.key(rows.getString(1)), table -> new HashMap<>())
                        .put(Identifiers.key(rows.getString(2)), rows.getLong(3));
            }
        }
        return trees;
    }

    /** The first page of a table, or of an index of it; empty unless it is the same in both files. */
    OptionalLong of(String table, String tree) {
        Long page = of(now, table).get(Identifiers.key(tree));
        return page != null && page > 1 && page.equals(of(then, table).get(Identifiers.key(tree)))
                ? OptionalLong.of(page)
                : OptionalLong.empty();
    }

    /** The first pages of a table and its indexes in the new file, by their names. */
    Map<String, Long> of(String table) {
        return of(now, table);
    }

    /** Whether all trees of a table begin where they do in the backup, and it has pages of its own: a virtual table has none. */
    boolean areAlike(String table) {
        Map<String, Long> trees = of(now, table);
        return trees.equals(of(then, table)) && !trees.containsValue(0L);
    }

    private static Map<String, Long> of(Map<String, Map<String, Long>> trees, String table) {
        return trees.getOrDefault(Identifiers.key(table), Map.of());
    }
}
