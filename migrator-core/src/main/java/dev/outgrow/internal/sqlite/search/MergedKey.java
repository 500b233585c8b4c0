package dev.outgrow.internal.sqlite.search;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A unique key with values that differ in SQLite and are equal in PostgreSQL, such as 0 and {@code 'f'} in a column
 * that becomes boolean.
 *
 * @param table the table
 * @param columns the columns of the key
 * @param culprits those columns whose type makes the values equal
 * @param rows how many rows share their key with another one
 * @param keys up to five keys of them, as text
 * @param toldAsText whether they would stay different if those columns became text
 */
public record MergedKey(
        String table, List<String> columns, List<String> culprits, long rows, List<String> keys, boolean toldAsText) {
    public MergedKey {
        columns = ImmutableList.copyOf(columns);
        culprits = ImmutableList.copyOf(culprits);
        keys = ImmutableList.copyOf(keys);
    }
}
