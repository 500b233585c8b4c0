package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * A CREATE TABLE. Immutable.
 *
 * @param name the table
 * @param columns its columns
 * @param constraints the constraints after the columns
 * @param withoutRowid whether it is WITHOUT ROWID
 * @param strict whether it is STRICT
 * @see <a href="https://sqlite.org/lang_createtable.html">SQLite, "CREATE TABLE"</a>
 */
public record CreateTable(
        Name name,
        List<ColumnDefinition> columns,
        List<TableConstraint> constraints,
        boolean withoutRowid,
        boolean strict) {
    public CreateTable {
        columns = ImmutableList.copyOf(columns);
        constraints = ImmutableList.copyOf(constraints);
    }

    /** The definition of that column, whatever the case of its ASCII letters. */
    public Optional<ColumnDefinition> column(String column) {
        for (ColumnDefinition definition : columns) {
            if (definition.name().names(column)) {
                return Optional.of(definition);
            }
        }
        return Optional.empty();
    }

    /**
     * A column.
     *
     * @param name its name
     * @param type its declared type as written; empty if there is none
     * @param constraints what is written after it, in that order
     */
    public record ColumnDefinition(Name name, String type, List<ColumnConstraint> constraints) {
        public ColumnDefinition {
            constraints = ImmutableList.copyOf(constraints);
        }
    }
}
