package dev.outgrow.internal.plan;

import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TableMapping;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One table with what its columns become.
 *
 * @param table the table in SQLite
 * @param mapping what it becomes
 * @param words names of columns that become booleans and hold words such as {@code 'true'}
 * @param wordsAlone those of them that hold nothing else
 */
record PlannedColumns(SqliteTable table, TableMapping mapping, Set<String> words, Set<String> wordsAlone) {
    PlannedColumns {
        words = Set.copyOf(words);
        wordsAlone = Set.copyOf(wordsAlone);
    }

    static PlannedColumns of(SqliteTable table, TableMapping mapping, TableCensus census) {
        Set<String> words = new HashSet<>();
        Set<String> alone = new HashSet<>();
        for (ColumnMapping column : mapping.columns()) {
            String name = column.column().name();
            ColumnCensus values = census.column(name);
            if (column.mapping().type().kind() == PgType.Kind.BOOLEAN && values.count(StorageClass.TEXT) > 0) {
                words.add(name);
                if (values.count(StorageClass.TEXT) == values.values()) {
                    alone.add(name);
                }
            }
        }
        return new PlannedColumns(table, mapping, words, alone);
    }

    /** The table with other mappings of its columns. */
    PlannedColumns withColumns(List<ColumnMapping> columns) {
        return new PlannedColumns(table, new TableMapping(table.name(), targetName(), columns), words, wordsAlone);
    }

    /** The table as its own expressions refer to it: words among numbers arrive as numbers. */
    Relation relation() {
        return Relation.of(mapping, wordsAlone);
    }

    /** The table as views refer to it, which SQLite evaluates over the words themselves. */
    Relation relationOfViews() {
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
