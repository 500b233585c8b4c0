package dev.outgrow.internal.sqlite.read;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * The rows of a table between two keys: the rowid, or the primary key if the table is WITHOUT ROWID. Immutable.
 *
 * @param after the key that comes before the first row; empty if there is no lower end
 * @param upTo the key of the last row; empty if there is no upper end
 */
public record RowRange(List<Object> after, List<Object> upTo) {
    /** Every row. */
    public static final RowRange ALL = new RowRange(List.of(), List.of());

    public RowRange {
        after = ImmutableList.copyOf(after);
        upTo = ImmutableList.copyOf(upTo);
    }
}
