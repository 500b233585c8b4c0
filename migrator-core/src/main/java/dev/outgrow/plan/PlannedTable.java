package dev.outgrow.plan;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * What the plan makes of one table. Made by the library; use the accessors.
 *
 * @param name the table in SQLite
 * @param targetName the table in PostgreSQL
 * @param rows how many rows it has
 * @param columns its columns, in order
 * @param parts what it has beside columns and rows
 */
public record PlannedTable(String name, String targetName, long rows, List<PlannedColumn> columns, Parts parts) {
    /**
     * How much of what a table in PostgreSQL has beside its columns. Made by the library; use the accessors.
     *
     * @param keys its primary key and its unique constraints
     * @param indexes other indexes
     * @param foreignKeys foreign keys
     * @param checks CHECK constraints
     * @param defaults defaults of columns
     */
    public record Parts(int keys, int indexes, int foreignKeys, int checks, int defaults) {
        /** As records have it, without the classes that a JVM would spin for it. */
        @Override
        public String toString() {
            return "Parts[keys=" + keys + ", indexes=" + indexes + ", foreignKeys=" + foreignKeys + ", checks=" + checks
                    + ", defaults=" + defaults + "]";
        }
    }

    public PlannedTable {
        columns = ImmutableList.copyOf(columns);
    }

    /** As records have it, without the classes that a JVM would spin for it. */
    @Override
    public String toString() {
        return "PlannedTable[name=" + name + ", targetName=" + targetName + ", rows=" + rows + ", columns=" + columns
                + ", parts=" + parts + "]";
    }
}
