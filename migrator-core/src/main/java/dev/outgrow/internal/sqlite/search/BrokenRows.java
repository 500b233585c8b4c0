package dev.outgrow.internal.sqlite.search;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Rows that break a constraint of their own table: SQLite checks it only when a row is written, and not even then if
 * that is switched off.
 *
 * @param table the table
 * @param condition what they break, as SQLite has it
 * @param rows how many rows
 * @param keys up to five keys of them, as text
 */
public record BrokenRows(String table, String condition, long rows, List<String> keys) {
    public BrokenRows {
        keys = ImmutableList.copyOf(keys);
    }
}
