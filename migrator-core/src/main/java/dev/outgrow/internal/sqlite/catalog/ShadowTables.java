package dev.outgrow.internal.sqlite.catalog;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes shadow tables from the application's. SQLite knows them only if the module of the virtual table exists,
 * so this class also knows the suffixes that the common modules give to their tables.
 *
 * @see <a href="https://sqlite.org/vtab.html#xshadowname">SQLite, "The Virtual Table Mechanism Of SQLite", xShadowName</a>
 */
final class ShadowTables {
    private static final Map<String, Set<String>> SUFFIXES = ImmutableMap.<String, Set<String>>builder()
            .put("fts1", ImmutableSet.of("content", "term"))
            .put("fts2", ImmutableSet.of("content", "segments", "segdir"))
            .put("fts3", ImmutableSet.of("content", "segments", "segdir", "docsize", "stat"))
            .put("fts4", ImmutableSet.of("content", "segments", "segdir", "docsize", "stat"))
            .put("fts5", ImmutableSet.of("data", "idx", "content", "docsize", "config"))
            .put("rtree", ImmutableSet.of("node", "rowid", "parent"))
            .put("rtree_i32", ImmutableSet.of("node", "rowid", "parent"))
            .put("geopoly", ImmutableSet.of("node", "rowid", "parent"))
            .put("spellfix1", ImmutableSet.of("vocab"))
            .put("vec0", ImmutableSet.of("info", "chunks", "rowids", "auxiliary", "vector_chunks00"))
            .buildOrThrow();

    private final List<VirtualTable> virtualTables;
    private final Map<String, TableFacts> facts;

    /**
     * A virtual table.
     *
     * @param key the key of its name
     * @param module the key of its module's name
     */
    record VirtualTable(String key, String module) {
        boolean owns(String table) {
            return table.startsWith(key + "_")
                    && SUFFIXES.getOrDefault(module, Set.of()).contains(table.substring(key.length() + 1));
        }
    }

    ShadowTables(List<VirtualTable> virtualTables, Map<String, TableFacts> facts) {
        this.virtualTables = virtualTables;
        this.facts = facts;
    }

    /** The key of the virtual table that keeps its content in that table; empty if it is the application's own. */
    Optional<String> ownerOf(String table) {
        String key = Identifiers.key(table);
        boolean shadow = TableFacts.of(table, facts).shadow();
        @Nullable String longest = null;
        for (VirtualTable candidate : virtualTables) {
            boolean owns = candidate.owns(key) || (shadow && key.startsWith(candidate.key() + "_"));
            if (owns && (longest == null || candidate.key().length() > longest.length())) {
                longest = candidate.key();
            }
        }
        return Optional.ofNullable(longest);
    }
}
