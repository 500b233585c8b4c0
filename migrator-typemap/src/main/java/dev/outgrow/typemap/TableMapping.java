package dev.outgrow.typemap;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * What one table becomes. Made by the library; use the accessors.
 *
 * @param table the table's name in SQLite, unquoted
 * @param targetName its name in PostgreSQL, unquoted
 * @param columns the columns that are copied, in the order of the table
 */
public record TableMapping(String table, String targetName, List<ColumnMapping> columns) {
    public TableMapping {
        columns = ImmutableList.copyOf(columns);
    }
}
