package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * A window: that of an OVER clause, or one of a WINDOW clause.
 *
 * @param base the window that it refers to ({@code OVER name}, or the first name within the parentheses)
 * @param reference whether it is a mere {@code OVER name}, so that everything else is empty
 * @param partitionBy the PARTITION BY
 * @param orderBy the ORDER BY
 * @param frame the frame, if written
 */
public record Window(
        Optional<Name> base,
        boolean reference,
        List<Expression> partitionBy,
        List<OrderingTerm> orderBy,
        Optional<Frame> frame) {
    public Window {
        partitionBy = ImmutableList.copyOf(partitionBy);
        orderBy = ImmutableList.copyOf(orderBy);
    }

    /**
     * The rows around the current one that count.
     *
     * @param unit what is counted
     * @param start the first bound
     * @param end the last bound; absent if no BETWEEN was written, and then the current row
     * @param exclusion the EXCLUDE clause
     */
    public record Frame(Unit unit, Bound start, Optional<Bound> end, Exclusion exclusion) {}

    /** What a frame counts. */
    public enum Unit {
        /** Rows. */
        ROWS,
        /** Distances between values. */
        RANGE,
        /** Groups of peers. */
        GROUPS
    }

    /**
     * An end of a frame.
     *
     * @param kind where it lies
     * @param distance how far, with {@link BoundKind#PRECEDING} and {@link BoundKind#FOLLOWING} alone
     */
    public record Bound(BoundKind kind, Optional<Expression> distance) {}

    /** Where an end of a frame lies. */
    public enum BoundKind {
        /** {@code UNBOUNDED PRECEDING}. */
        UNBOUNDED_PRECEDING,
        /** {@code n PRECEDING}. */
        PRECEDING,
        /** {@code CURRENT ROW}. */
        CURRENT_ROW,
        /** {@code n FOLLOWING}. */
        FOLLOWING,
        /** {@code UNBOUNDED FOLLOWING}. */
        UNBOUNDED_FOLLOWING
    }

    /** What a frame leaves out. */
    public enum Exclusion {
        /** {@code EXCLUDE NO OTHERS}, the default. */
        NO_OTHERS,
        /** {@code EXCLUDE CURRENT ROW}. */
        CURRENT_ROW,
        /** {@code EXCLUDE GROUP}. */
        GROUP,
        /** {@code EXCLUDE TIES}. */
        TIES
    }
}
