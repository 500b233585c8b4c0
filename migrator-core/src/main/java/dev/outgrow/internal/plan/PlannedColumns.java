package dev.outgrow.internal.plan;

import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.TableMapping;

/**
 * One table with what its columns become.
 *
 * @param table the table in SQLite
 * @param mapping what it becomes
 */
record PlannedColumns(SqliteTable table, TableMapping mapping) {
    String targetName() {
        return mapping.targetName();
    }

    /** What a column becomes, by its name in SQLite. */
    ColumnMapping mapping(String column) {
        return mapping.columns().stream()
                .filter(candidate -> Identifiers.same(candidate.column().name(), column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column " + column + " in " + table.name()));
    }
}
