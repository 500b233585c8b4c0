package dev.outgrow.internal.sql;

/**
 * A point in time that an expression computes, before SQLite turns it into text or a number. Immutable.
 *
 * @param timestamp the point as a {@code timestamp} in UTC
 * @param unit what SQLite keeps of it
 * @param current whether it is exactly the present
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
