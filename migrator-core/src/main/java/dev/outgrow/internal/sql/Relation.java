package dev.outgrow.internal.sql;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.TableMapping;
import dev.outgrow.typemap.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table or view as it is called in both databases, with its columns. Immutable.
 *
 * @param name the name in SQLite, unquoted
 * @param targetName the name in PostgreSQL, unquoted
 * @param columns the columns, in order
 * @param key the columns that tell every row, none of them NULL; empty if it has none
 * @param table whether its rows are stored, not the result of a query
 */
public record Relation(String name, String targetName, List<Column> columns, List<Column> key, boolean table) {
    public Relation {
        columns = ImmutableList.copyOf(columns);
        key = ImmutableList.copyOf(key);
    }

    /** One without a key. */
    public Relation(String name, String targetName, List<Column> columns) {
        this(name, targetName, columns, List.of(), false);
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

    /** The table with the columns that are copied, none of which holds words for truth values. */
    public static Relation of(TableMapping table) {
        return of(table, Set.of());
    }

    /**
     * The table with the columns that are copied.
     *
     * @param words names of columns that become booleans and hold words such as {@code 'true'}, which SQLite takes for 0
     */
    public static Relation of(TableMapping table, Set<String> words) {
        List<Column> columns = new ArrayList<>();
        List<Column> key = new ArrayList<>();
        boolean filled = true;
        for (ColumnMapping mapping : table.columns()) {
            Column column = column(mapping, words.contains(mapping.column().name()));
            columns.add(column);
            if (mapping.column().primaryKeyPosition() > 0) {
                key.add(column);
                filled &= mapping.column().notNull() || mapping.column().rowidAlias();
            }
        }
        return new Relation(table.table(), table.targetName(), columns, filled ? key : List.of(), true);
    }

    private static Column column(ColumnMapping column, boolean words) {
        return new Column(
                column.column().name(),
                column.targetName(),
                words ? column.mapping().withRepresentation(Term.WORDS) : column.mapping(),
                column.column().affinity(),
                column.column().collation(),
                column.column().rowidAlias());
    }

    /**
     * The column of that name, whatever the case of its ASCII letters; {@code rowid} and its aliases if no column has
     * that name.
     */
    public Optional<Column> column(String column) {
        Optional<Column> rowid = Optional.empty();
        for (Column candidate : columns) {
            if (Identifiers.same(candidate.name(), column)) {
                return Optional.of(candidate);
            }
            if (candidate.rowid()) {
                rowid = Optional.of(candidate);
            }
        }
        return isRowid(column) ? rowid : Optional.empty();
    }

    static boolean isRowid(String name) {
        return Identifiers.same(name, "rowid") || Identifiers.same(name, "oid") || Identifiers.same(name, "_rowid_");
    }
}
