package dev.outgrow.internal.sqlite.catalog;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table with rows of its own. Immutable.
 *
 * @param name the name, unquoted
 * @param kind whether it is the application's, or serves a virtual table
 * @param sql the CREATE TABLE as {@code sqlite_schema} keeps it
 * @param parsed whether the text could be parsed; if not, nothing is known of what SQLite keeps only as text: CHECKs,
 *     the names of constraints, generated expressions, conflict clauses, deferrable foreign keys
 * @param columns the columns, in their order, generated ones included
 * @param withoutRowid whether it is WITHOUT ROWID
 * @param strict whether it is STRICT
 * @param primaryKey the primary key
 * @param indexes every index, including the automatic ones of UNIQUE and PRIMARY KEY constraints, in the order of
 *     creation
 * @param foreignKeys the foreign keys, in the order of the text
 * @param checks the CHECK constraints, in the order of the text
 */
public record SqliteTable(
        String name,
        Owner kind,
        String sql,
        boolean parsed,
        List<SqliteColumn> columns,
        boolean withoutRowid,
        boolean strict,
        Optional<SqlitePrimaryKey> primaryKey,
        List<SqliteIndex> indexes,
        List<SqliteForeignKey> foreignKeys,
        List<SqliteCheck> checks) {
    /** What the rows of a table belong to. */
    public enum Owner {
        /** The application. */
        ORDINARY,
        /** The content of a virtual table. */
        SHADOW
    }

    public SqliteTable {
        columns = ImmutableList.copyOf(columns);
        indexes = ImmutableList.copyOf(indexes);
        foreignKeys = ImmutableList.copyOf(foreignKeys);
        checks = ImmutableList.copyOf(checks);
    }

    /** The column of that name, whatever the case of its ASCII letters. */
    public Optional<SqliteColumn> column(String column) {
        for (SqliteColumn candidate : columns) {
            if (Identifiers.same(candidate.name(), column)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Those of some columns that may be NULL. */
    public List<SqliteColumn> nullable(List<String> some) {
        List<SqliteColumn> nullable = new ArrayList<>();
        for (String name : some) {
            Optional<SqliteColumn> column = column(name);
            if (column.isPresent()
                    && !column.get().source().notNull()
                    && column.get().source().primaryKeyPosition() == 0) {
                nullable.add(column.get());
            }
        }
        return nullable;
    }

    /** The column that is the rowid under another name, if there is one. */
    public Optional<SqliteColumn> rowidAlias() {
        for (SqliteColumn column : columns) {
            if (column.source().rowidAlias()) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    /** Whether ids of deleted rows are never used again. */
    public boolean autoincrement() {
        return primaryKey.isPresent() && primaryKey.get().autoincrement();
    }
}
