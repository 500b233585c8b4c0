package dev.outgrow.internal.sqlite.catalog;

import com.google.common.collect.ImmutableMap;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import java.sql.SQLException;
import java.util.Map;

/**
 * What {@code PRAGMA table_list} knows of a table.
 *
 * @param shadow whether the module of a virtual table says that it is one of its own
 * @param withoutRowid whether it is WITHOUT ROWID
 * @param strict whether it is STRICT
 */
record TableFacts(boolean shadow, boolean withoutRowid, boolean strict) {
    private static final TableFacts ORDINARY = new TableFacts(false, false, false);

    /** The facts of all tables, by the key of their name. */
    static Map<String, TableFacts> all(SchemaQueries queries) throws SQLException {
        ImmutableMap.Builder<String, TableFacts> facts = ImmutableMap.builder();
        for (Map.Entry<String, TableFacts> each : queries.list(
                "select name, type = 'shadow', wr, strict from pragma_table_list where schema = 'main'",
                row -> Map.entry(
                        Identifiers.key(row.getString(1)),
                        new TableFacts(row.getBoolean(2), row.getBoolean(3), row.getBoolean(4))))) {
            facts.put(each);
        }
        return facts.buildKeepingLast();
    }

    static TableFacts of(String table, Map<String, TableFacts> all) {
        return all.getOrDefault(Identifiers.key(table), ORDINARY);
    }
}
