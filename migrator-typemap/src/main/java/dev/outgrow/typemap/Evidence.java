package dev.outgrow.typemap;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * How many values show something, and where. Made by the library; use the accessors.
 *
 * @param count how many values
 * @param keys the keys of the first rows, up to five, as text
 */
public record Evidence(long count, List<String> keys) {
    /** The most keys that are kept. */
    public static final int MOST_KEYS = 5;

    /** Nothing was seen. */
    public static final Evidence NONE = new Evidence(0, List.of());

    public Evidence {
        keys = ImmutableList.copyOf(keys);
    }

    /** Both together, the keys of this one first. */
    public Evidence plus(Evidence other) {
        if (other.count == 0) {
            return this;
        }
        ImmutableList.Builder<String> all = ImmutableList.builder();
        all.addAll(keys);
        all.addAll(other.keys.subList(0, Math.min(other.keys.size(), MOST_KEYS - keys.size())));
        return new Evidence(count + other.count, all.build());
    }
}
