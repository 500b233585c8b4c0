package dev.outgrow.internal.sqlite.catalog;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * A foreign key. Immutable.
 *
 * @param id SQLite's number for it, which {@code PRAGMA foreign_key_check} repeats
 * @param constraintName the constraint's name, if the text has one
 * @param columns the columns of this table
 * @param parentTable the table referred to, in the spelling of its own definition if it exists
 * @param parentColumns the columns referred to; those of the parent's primary key if the text names none; empty if that
 *     key has another number of columns, or if there is no such table
 * @param implicitParent whether the text names no parent columns
 * @param onUpdate what a change of the parent's key does
 * @param onDelete what deleting the parent does
 * @param deferrable whether it is DEFERRABLE
 * @param initiallyDeferred whether it is checked when the transaction commits: SQLite defers no other
 * @param match the MATCH clause as written; SQLite treats all as SIMPLE
 */
public record SqliteForeignKey(
        int id,
        Optional<String> constraintName,
        List<String> columns,
        String parentTable,
        List<String> parentColumns,
        boolean implicitParent,
        ReferentialAction onUpdate,
        ReferentialAction onDelete,
        boolean deferrable,
        boolean initiallyDeferred,
        Optional<String> match) {
    public SqliteForeignKey {
        columns = ImmutableList.copyOf(columns);
        parentColumns = ImmutableList.copyOf(parentColumns);
    }
}
