package dev.outgrow.internal.sqlite.search;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Rows whose foreign key refers to missing parents.
 *
 * @param table the table of the foreign key
 * @param foreignKey its id within the table
 * @param rows how many rows
 * @param keys up to five keys of them, as text
 * @param blank whether the foreign key is blank text in all of them, which a rule could turn into NULL
 */
public record Orphans(String table, int foreignKey, long rows, List<String> keys, boolean blank) {
    public Orphans {
        keys = ImmutableList.copyOf(keys);
    }
}
