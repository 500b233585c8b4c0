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
 */
public record PlannedTable(String name, String targetName, long rows, List<PlannedColumn> columns) {
    public PlannedTable {
        columns = ImmutableList.copyOf(columns);
    }
}
