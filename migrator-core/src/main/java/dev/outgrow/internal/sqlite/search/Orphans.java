package dev.outgrow.internal.sqlite.search;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Rows that refer by one foreign key to parents that are not there.
 *
 * @param table the table of the foreign key
 * @param foreignKey its id within the table
 * @param rows how many rows
 * @param keys up to five keys of them, as text
 * @param blank whether what they refer by is blank text in all of them, which a rule could make NULL
 */
public record Orphans(String table, int foreignKey, long rows, List<String> keys, boolean blank) {
    public Orphans {
        keys = ImmutableList.copyOf(keys);
    }
}
