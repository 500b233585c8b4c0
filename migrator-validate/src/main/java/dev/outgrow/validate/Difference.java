package dev.outgrow.validate;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One place where the target does not hold what the source holds. It names the place and never carries the value that
 * stands there: data may be private. Immutable; made by the library, use the accessors.
 */
public final class Difference {
    /** What is different. More may be added. */
    public enum Kind {
        /** Both databases have a value, and they are not the same. */
        VALUE("another value"),
        /** The source has a value where the target has NULL. */
        NULL_IN_TARGET("NULL in the target"),
        /** The source has NULL where the target has a value. */
        NULL_IN_SOURCE("NULL in the source"),
        /** The source has a row that the target lacks, or has more copies of it. */
        ROW_MISSING("the row is not in the target"),
        /** The target has a row that the source lacks, or has more copies of it. */
        ROW_ADDED("the row is in the target alone"),
        /** Rows differ, and there are too many of them to be matched one by one. */
        ROWS_DIFFER("rows differ");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The same in words. */
        public String words() {
            return words;
        }
    }

    private final String table;
    private final String key;
    private final @Nullable String column;
    private final Kind kind;

    /**
     * Made by the library.
     *
     * @param table the table's name in the source
     * @param key the key of the row as text, {@code id=42}; if the table has no key, the row's place
     * @param column the column's name in the source; null if the whole row is meant
     * @param kind what is different
     */
    public Difference(String table, String key, @Nullable String column, Kind kind) {
        this.table = Objects.requireNonNull(table, "table");
        this.key = Objects.requireNonNull(key, "key");
        this.column = column;
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** The table's name in the source. */
    public String table() {
        return table;
    }

    /** The key of the row as text, such as {@code id=42}; of a table without a key, the row's place in its database. */
    public String key() {
        return key;
    }

    /** The column's name in the source; empty if the whole row is meant. */
    public Optional<String> column() {
        return Optional.ofNullable(column);
    }

    /** What is different. */
    public Kind kind() {
        return kind;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Difference that
                && table.equals(that.table)
                && key.equals(that.key)
                && Objects.equals(column, that.column)
                && kind == that.kind;
    }

    @Override
    public int hashCode() {
        return Objects.hash(table, key, column, kind);
    }

    /** The place and the kind in one line: {@code users.email at id=42: VALUE}. */
    @Override
    public String toString() {
        return table + (column == null ? "" : "." + column) + " at " + key + ": " + kind;
    }
}
