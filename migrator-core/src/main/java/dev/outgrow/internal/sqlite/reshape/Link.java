package dev.outgrow.internal.sqlite.reshape;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A foreign key for whose orphans the caller gave a policy.
 *
 * @param subject what notices call it: {@code table.column}
 * @param setAside whether its orphans are set aside; else its columns become NULL in them
 * @param child the table that points
 * @param columns its columns that do
 * @param parent the table it points to
 * @param parentColumns the columns it points to
 */
public record Link(
        String subject,
        boolean setAside,
        String child,
        List<String> columns,
        String parent,
        List<String> parentColumns) {
    public Link {
        columns = ImmutableList.copyOf(columns);
        parentColumns = ImmutableList.copyOf(parentColumns);
    }

    /**
     * What became of its orphans.
     *
     * @param rows how many there were
     * @param keys up to five keys of them
     * @param objection why they could not be treated, as a clause; empty if they could
     */
    public record Treated(Link link, long rows, List<String> keys, String objection) {
        public Treated {
            keys = ImmutableList.copyOf(keys);
        }
    }
}
