package dev.outgrow.internal.sqlite.catalog;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A virtual table. Immutable.
 *
 * @param name the name, unquoted
 * @param sql the CREATE VIRTUAL TABLE as {@code sqlite_schema} keeps it
 * @param module the module's name, as written
 * @param moduleKind the module, if it is one that this library knows
 * @param arguments the arguments of the module, each as written, trimmed
 * @param readable whether its rows can be read here: the module exists, and finds everything that it needs
 * @param columns its columns, including hidden ones; empty if the module is missing or refuses the table
 * @param shadowTables the tables in which it keeps its content
 */
public record SqliteVirtualTable(
        String name,
        String sql,
        String module,
        ModuleKind moduleKind,
        List<String> arguments,
        boolean readable,
        List<SqliteColumn> columns,
        List<SqliteTable> shadowTables) {
    /** The modules that this library distinguishes. */
    public enum ModuleKind {
        /** Full text, version 3. */
        FTS3,
        /** Full text, version 4. */
        FTS4,
        /** Full text, version 5. */
        FTS5,
        /** R*Tree of floating-point numbers. */
        RTREE,
        /** R*Tree of integers. */
        RTREE_I32,
        /** Polygons in an R*Tree. */
        GEOPOLY,
        /** Any other. */
        OTHER;

        /** Whether it is a full-text index. */
        public boolean fullText() {
            return this == FTS3 || this == FTS4 || this == FTS5;
        }

        /** Whether it is an R*Tree. */
        public boolean spatialIndex() {
            return this == RTREE || this == RTREE_I32 || this == GEOPOLY;
        }
    }

    public SqliteVirtualTable {
        arguments = ImmutableList.copyOf(arguments);
        columns = ImmutableList.copyOf(columns);
        shadowTables = ImmutableList.copyOf(shadowTables);
    }
}
