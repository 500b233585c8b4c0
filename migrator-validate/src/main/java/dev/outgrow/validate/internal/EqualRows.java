package dev.outgrow.validate.internal;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of which every value was compared, one by one, and found equal.
 *
 * @param rows how many
 * @param normalised by column, in the order of the comparison: their values that mean the same and are written otherwise
 * @param nanos how long the comparison worked
 */
public record EqualRows(long rows, List<Long> normalised, long nanos) {
    public EqualRows {
        normalised = ImmutableList.copyOf(normalised);
    }

    /** These and the rows of another part of the same table. */
    public EqualRows plus(EqualRows other) {
        List<Long> sum = new ArrayList<>();
        for (int i = 0; i < normalised.size(); i++) {
            sum.add(normalised.get(i) + other.normalised.get(i));
        }
        return new EqualRows(rows + other.rows, sum, nanos + other.nanos);
    }
}
