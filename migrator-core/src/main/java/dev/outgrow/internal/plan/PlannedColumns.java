package dev.outgrow.internal.plan;

import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TableMapping;
import java.util.HashSet;
import java.util.Set;

/**
 * One table with what its columns become.
 *
 * @param table the table in SQLite
 * @param mapping what it becomes
 * @param words names of columns that become booleans and hold words such as {@code 'true'}
 */
record PlannedColumns(SqliteTable table, TableMapping mapping, Set<String> words) {
    PlannedColumns {
        words = Set.copyOf(words);
    }

    static PlannedColumns of(SqliteTable table, TableMapping mapping, TableCensus census) {
        Set<String> words = new HashSet<>();
        for (ColumnMapping column : mapping.columns()) {
            String name = column.column().name();
            if (column.mapping().type().kind() == PgType.Kind.BOOLEAN
                    && census.column(name).count(StorageClass.TEXT) > 0) {
                words.add(name);
            }
        }
        return new PlannedColumns(table, mapping, words);
    }

    /** The table as expressions refer to it. */
    Relation relation() {
        return Relation.of(mapping, words);
    }

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
