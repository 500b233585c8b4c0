package dev.outgrow.internal.sql;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.TableMapping;
import dev.outgrow.typemap.TypeMapping;
import java.util.List;
import java.util.Optional;

/**
 * A table or view as it is called in both databases, with its columns. Immutable.
 *
 * @param name the name in SQLite, unquoted
 * @param targetName the name in PostgreSQL, unquoted
 * @param columns the columns, in order
 * @param key the columns that tell every row, none of them NULL; empty if it has none
 */
public record Relation(String name, String targetName, List<Column> columns, List<Column> key) {
    public Relation {
        columns = ImmutableList.copyOf(columns);
        key = ImmutableList.copyOf(key);
    }

    /** One without a key. */
    public Relation(String name, String targetName, List<Column> columns) {
        this(name, targetName, columns, List.of());
    }

    /**
     * A column as it is called and typed in both databases.
     *
     * @param name the name in SQLite, unquoted
     * @param targetName the name in PostgreSQL, unquoted
     * @param mapping what it becomes
     * @param affinity its affinity in SQLite
     * @param collation its collating sequence in SQLite
     * @param rowid whether it is the rowid under another name
     */
    public record Column(
            String name, String targetName, TypeMapping mapping, Affinity affinity, String collation, boolean rowid) {
        public Column {
            collation = Ascii.toUpperCase(collation);
        }
    }

    /** The table with the columns that are copied. */
    public static Relation of(TableMapping table) {
        return new Relation(
                table.table(),
                table.targetName(),
                table.columns().stream().map(Relation::column).toList(),
                key(table));
    }

    private static List<Column> key(TableMapping table) {
        List<ColumnMapping> key = table.columns().stream()
                .filter(column -> column.column().primaryKeyPosition() > 0)
                .toList();
        boolean filled = key.stream()
                .allMatch(column -> column.column().notNull() || column.column().rowidAlias());
        return filled ? key.stream().map(Relation::column).toList() : List.of();
    }

    private static Column column(ColumnMapping column) {
        return new Column(
                column.column().name(),
                column.targetName(),
                column.mapping(),
                column.column().affinity(),
                column.column().collation(),
                column.column().rowidAlias());
    }

    /**
     * The column of that name, whatever the case of its ASCII letters; {@code rowid} and its aliases if no column has
     * that name.
     */
    Optional<Column> column(String column) {
        Optional<Column> named = columns.stream()
                .filter(candidate -> Identifiers.same(candidate.name(), column))
                .findFirst();
        if (named.isPresent() || !isRowid(column)) {
            return named;
        }
        return columns.stream().filter(Column::rowid).findFirst();
    }

    static boolean isRowid(String name) {
        return Identifiers.same(name, "rowid") || Identifiers.same(name, "oid") || Identifiers.same(name, "_rowid_");
    }
}
