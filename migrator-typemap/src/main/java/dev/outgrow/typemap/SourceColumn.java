package dev.outgrow.typemap;

/**
 * One column of a SQLite table, as its schema declares it. Made by the library; use the accessors.
 *
 * @param table the table's name, unquoted
 * @param name the column's name, unquoted
 * @param declaredType the declared type as written, without constraints; empty if there is none
 * @param affinity the affinity that SQLite derives from the declared type (in a STRICT table {@code ANY} has {@link
 *     Affinity#BLOB}: nothing is converted)
 * @param notNull whether NULL is refused: a NOT NULL constraint, a rowid alias, or a key of a WITHOUT ROWID table
 * @param primaryKeyPosition the column's place in the primary key, from 1; 0 if it is not in it
 * @param rowidAlias whether the column is the rowid under another name ({@code INTEGER PRIMARY KEY})
 * @param strict whether the table is STRICT, so that SQLite holds its storage classes
 * @param generated whether SQLite computes the value (VIRTUAL or STORED)
 * @param collation the collating sequence, upper case; {@code BINARY} by default
 */
public record SourceColumn(
        String table,
        String name,
        String declaredType,
        Affinity affinity,
        boolean notNull,
        int primaryKeyPosition,
        boolean rowidAlias,
        boolean strict,
        boolean generated,
        String collation) {

    /** The column as messages name it: {@code table.column}. */
    public String qualifiedName() {
        return table + "." + name;
    }
}
