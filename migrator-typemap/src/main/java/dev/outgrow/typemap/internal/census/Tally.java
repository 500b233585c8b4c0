package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Evidence;
import java.util.Arrays;

/** A count with the keys of the first rows. Not safe for concurrent use. */
final class Tally {
    private long count;
    private int kept;
    private final String[] keys = new String[Evidence.MOST_KEYS];

    void note(RowKey key) {
        count++;
        if (kept < keys.length) {
            keys[kept++] = key.text();
        }
    }

    Evidence evidence() {
        return new Evidence(count, Arrays.asList(keys).subList(0, kept));
    }
}
