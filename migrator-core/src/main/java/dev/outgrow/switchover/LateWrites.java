package dev.outgrow.switchover;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Objects;

/**
 * What was committed to the old SQLite file after it was frozen. Holds keys and counts, never the value of another
 * column. Immutable; made by the library, use the accessors.
 *
 * @param tables the tables with late writes, in the order of SQLite's catalog
 * @param schemaChanged whether a statement changed the schema of the file, too
 * @param compared whether the file was compared with its backup; without one, nobody can say what was written
 */
public record LateWrites(List<Table> tables, boolean schemaChanged, boolean compared) {
    /** How many keys of a table are named. */
    public static final int MOST_KEYS = 5;

    /**
     * The late writes to one table.
     *
     * @param table its name in SQLite
     * @param inserted rows that were added
     * @param changed rows that were changed
     * @param deleted rows that were deleted
     * @param keys the keys of up to {@value LateWrites#MOST_KEYS} of these rows, such as {@code id=42}
     */
    public record Table(String table, long inserted, long changed, long deleted, List<String> keys) {
        public Table {
            Objects.requireNonNull(table, "table");
            keys = ImmutableList.copyOf(keys);
        }

        /** How many of its rows were written. */
        public long rows() {
            return inserted + changed + deleted;
        }

        @Override
        public String toString() {
            return table + ": " + inserted + " inserted, " + changed + " changed, " + deleted + " deleted"
                    + (keys.isEmpty()
                            ? ""
                            : " (" + String.join(", ", keys) + (rows() > keys.size() ? ", …" : "") + ")");
        }
    }

    public LateWrites {
        tables = ImmutableList.copyOf(tables);
    }

    /** Nothing was written late. */
    public static LateWrites none() {
        return new LateWrites(List.of(), false, true);
    }

    /** Whether nothing was written late. */
    public boolean isEmpty() {
        return tables.isEmpty() && !schemaChanged && compared;
    }

    /** The rows of all tables together. */
    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }

    @Override
    public String toString() {
        if (isEmpty()) {
            return "none";
        }
        String text = tables.stream().map(Table::toString).collect(joining("; "));
        if (!compared) {
            text = "some; the backup is gone, so that nobody can tell which";
        }
        return text + (schemaChanged ? (text.isEmpty() ? "" : "; ") + "the schema of the file was changed" : "");
    }
}
