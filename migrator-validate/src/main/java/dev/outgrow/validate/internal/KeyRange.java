package dev.outgrow.validate.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of an integer key.
 *
 * @param from the first key; null for a range without a lower end
 * @param to the key after the last; null for a range without an upper end
 */
public record KeyRange(@Nullable Long from, @Nullable Long to) {
    /** Every row, with or without a key. */
    public static final KeyRange ALL = new KeyRange(null, null);

    /** The ranges between these keys, and the two beyond them; together they hold every key once. */
    static List<KeyRange> between(List<Long> bounds) {
        List<KeyRange> ranges = new ArrayList<>();
        Long from = null;
        for (Long bound : bounds) {
            ranges.add(new KeyRange(from, bound));
            from = bound;
        }
        ranges.add(new KeyRange(from, null));
        return ranges;
    }

    /** The range as the end of a query, with a blank before it; empty for {@link #ALL}. */
    String condition(String quotedColumn) {
        if (from == null && to == null) {
            return "";
        }
        String lower = from == null ? "" : quotedColumn + " >= " + literal(from);
        String upper = to == null ? "" : quotedColumn + " < " + literal(to);
        return " WHERE " + lower + (from == null || to == null ? "" : " AND ") + upper;
    }

    /**
     * The smallest integer is not a literal in either database: it would be a sign applied to a number that is too
     * large.
     */
    static String literal(long value) {
        return value == Long.MIN_VALUE ? "(-9223372036854775807 - 1)" : Long.toString(value);
    }
}
