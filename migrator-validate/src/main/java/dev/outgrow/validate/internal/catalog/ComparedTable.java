package dev.outgrow.validate.internal.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.TableMapping;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One table to compare.
 *
 * @param mapping the table, its columns and their types in the target
 * @param targetSchema the schema where the target's table stands now, unquoted: the staging schema or the final one
 * @param keyColumns names in the source of the columns that identify a row in both databases, in the order of the key;
 *     empty if there is no such key; then rows are compared as a multiset
 * @param rowidUsable whether {@code rowid} names the rowid: an ordinary table without a column of that name
 * @param sourceRows the number of rows of the source if they were counted before, to split the work
 * @param leftOut columns that are not compared, by their name in the source, and why, in a clause
 * @param defaulted columns in which NULL of the source became a default of the target's, by their name in the source: any value
 *     is right there, and counts as normalised
 * @param keptRows how many rows of the target do not come from the source and have keys of their own
 * @param expectations what the target's catalog must say of the table
 */
public record ComparedTable(
        TableMapping mapping,
        String targetSchema,
        List<String> keyColumns,
        boolean rowidUsable,
        OptionalLong sourceRows,
        Map<String, String> leftOut,
        Set<String> defaulted,
        long keptRows,
        TableExpectations expectations) {
    public ComparedTable {
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(targetSchema, "targetSchema");
        keyColumns = ImmutableList.copyOf(keyColumns);
        Objects.requireNonNull(sourceRows, "sourceRows");
        leftOut = ImmutableMap.copyOf(leftOut);
        defaulted = ImmutableSet.copyOf(defaulted);
        Objects.requireNonNull(expectations, "expectations");
    }

    /** The table with other mappings of its columns. */
    public ComparedTable withColumns(List<ColumnMapping> columns) {
        return new ComparedTable(
                new TableMapping(mapping.table(), mapping.targetName(), columns),
                targetSchema,
                keyColumns,
                rowidUsable,
                sourceRows,
                leftOut,
                defaulted,
                keptRows,
                expectations);
    }
}
