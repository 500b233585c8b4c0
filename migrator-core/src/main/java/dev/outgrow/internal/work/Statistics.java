package dev.outgrow.internal.work;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.catalog.SqliteForeignKey;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.typemap.ColumnMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the planner gets to know a table. PostgreSQL takes as many rows whatever the columns are, and sorts the values of each: with
 * three hundred columns that is half of a whole run. So the more columns beyond a hundred, the fewer rows it takes, and the fewer
 * values altogether; the columns that an index, a key or a foreign key has, whose statistics decide how rows are looked up, have
 * them as any other.
 *
 * @see <a href="https://www.postgresql.org/docs/current/planner-stats.html">PostgreSQL, "Statistics Used by the Planner"</a>
 */
public final class Statistics {
    private static final int WIDE = 100;

    /** PostgreSQL's own target, of which a session may have a lower one. */
    private static final int USUAL_TARGET = 100;

    private static final int LEAST_TARGET = 10;

    private Statistics() {}

    /**
     * The statements that analyze a table that we made, for a transaction.
     *
     * @param qualified its name in the target, quoted and with its schema
     * @param columns those that it has
     */
    public static String sql(SqliteTable table, String qualified, List<ColumnMapping> columns) {
        Set<String> names = sought(table);
        List<String> targets = new ArrayList<>();
        for (ColumnMapping column : columns) {
            if (names.contains(column.column().name())) {
                targets.add(column.targetName());
            }
        }
        return sql(qualified, columns.size(), targets);
    }

    /** Whether a table of so many columns is analyzed with fewer values of each. */
    public static boolean isWide(int columns) {
        return columns > WIDE;
    }

    /**
     * The statements that analyze any table, for a transaction. They set the session's target alone: one of the app's own for a
     * column, {@code ALTER COLUMN … SET STATISTICS}, holds as before.
     *
     * @param qualified its name in the target, quoted and with its schema
     * @param columns how many it has
     * @param sought the columns by which rows are looked up
     */
    public static String sql(String qualified, int columns, List<String> sought) {
        String analyze = "ANALYZE " + qualified;
        if (!isWide(columns)) {
            return analyze;
        }
        int target = Math.max(LEAST_TARGET, USUAL_TARGET * WIDE * WIDE / (columns * columns));
        String fewer = "SELECT pg_catalog.set_config('default_statistics_target', least(" + target
                + ", pg_catalog.current_setting('default_statistics_target')::int)::text, true); " + analyze;
        String usual = fewer + "; SET LOCAL default_statistics_target TO DEFAULT";
        return sought.isEmpty() ? usual : usual + "; " + analyze + " (" + Identifier.list(sought) + ")";
    }

    /** The columns by which rows are looked up. */
    private static Set<String> sought(SqliteTable table) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (table.primaryKey().isPresent()) {
            names.addAll(table.primaryKey().get().columns());
        }
        for (SqliteIndex index : table.indexes()) {
            for (SqliteIndex.IndexTerm term : index.terms()) {
                if (term.column().isPresent()) {
                    names.add(term.column().get());
                }
            }
        }
        for (SqliteForeignKey key : table.foreignKeys()) {
            names.addAll(key.columns());
        }
        return names;
    }
}
