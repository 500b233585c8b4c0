package dev.outgrow.typemap.internal.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL demands of an array of several dimensions, as its text is read: arrays beside each other have the same
 * length and are not empty, and elements stand in the innermost ones alone.
 *
 * @see <a href="https://www.postgresql.org/docs/current/arrays.html">PostgreSQL, "Arrays"</a>
 */
final class ArrayShape {
    /** PostgreSQL's MAXDIM. */
    private static final int MOST_DIMENSIONS = 6;

    private static final int UNKNOWN = -1;

    private final List<@Nullable String> elements = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private final int[] counts = new int[MOST_DIMENSIONS];
    private int depth;
    private int innermost = UNKNOWN;
    private boolean broken;

    /** An array begins. */
    void open() {
        broken |= depth == MOST_DIMENSIONS || depth == innermost;
        if (broken) {
            return;
        }
        if (depth > 0) {
            counts[depth - 1]++;
        }
        counts[depth++] = 0;
        if (lengths.size() < depth) {
            lengths.add(UNKNOWN);
        }
    }

    /** An element. */
    void element(@Nullable String element) {
        innermost = innermost == UNKNOWN ? depth : innermost;
        broken |= innermost != depth;
        if (!broken) {
            counts[depth - 1]++;
            elements.add(element);
        }
    }

    /** The array ends that began last. */
    void close() {
        if (broken) {
            return;
        }
        int length = counts[--depth];
        int before = lengths.get(depth);
        broken = (length == 0 && lengths.size() > 1) || (before != UNKNOWN && before != length);
        lengths.set(depth, length);
    }

    /** Whether it is no array of PostgreSQL's any more, whatever follows. */
    boolean isBroken() {
        return broken;
    }

    /** Whether every array that began has ended. */
    boolean isClosed() {
        return depth == 0;
    }

    /** What was read. */
    ArrayParts parts() {
        return new ArrayParts(elements, elements.isEmpty() ? List.of() : lengths);
    }
}
