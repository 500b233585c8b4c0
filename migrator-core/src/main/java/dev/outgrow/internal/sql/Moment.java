package dev.outgrow.internal.sql;

/**
 * A point in time that an expression computes, before SQLite makes text or a number of it. Immutable.
 *
 * @param timestamp it as a {@code timestamp} in UTC
 * @param unit what of it SQLite keeps
 * @param current whether it is the very present
 */
record Moment(Term timestamp, Unit unit, boolean current) {
    /** What SQLite keeps of a moment. */
    enum Unit {
        /** The day: {@code date()}. */
        DAY,
        /** The time of day: {@code time()}. */
        TIME,
        /** Whole seconds: {@code datetime()}. */
        SECOND,
        /** Milliseconds. */
        MILLISECOND
    }
}
