package dev.outgrow.internal.proof;

import dev.outgrow.typemap.PgType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/**
 * What the two databases take for the present. PostgreSQL's {@code now()} is the beginning of the transaction on the
 * server's clock: it can be hours from SQLite's present, and so can everything computed from it.
 *
 * @param drift by how many seconds PostgreSQL's present is later
 */
record Clocks(double drift) {
    /** The time that the proof itself may take. */
    private static final double PATIENCE = 60;

    private static final double MICROS = 1e6;
    private static final double DAY = 86_400;

    /**
     * Smaller numbers are parts of a time, such as its year or minute; larger ones count from 1970, the smallest of
     * them in days.
     */
    private static final double PARTS = 1e6;

    /** How far apart parts of any kind may be. */
    private static final double MOST_APART = 60_000;

    private static final double JULIAN_DAYS = 1e7;
    private static final double SECONDS = 1e11;
    private static final double MILLISECONDS = 1e14;

    /**
     * Reads PostgreSQL's clock.
     *
     * @param present when SQLite is asked
     * @param postgres in the transaction in which it is asked
     */
    static Clocks of(Instant present, Connection postgres) throws SQLException {
        try (Statement statement = postgres.createStatement();
                ResultSet row = statement.executeQuery("SELECT extract(epoch FROM now())")) {
            row.next();
            return new Clocks(row.getDouble(1) - present.toEpochMilli() / 1e3);
        }
    }

    /**
     * Whether two numbers may be computed from the present in the same way.
     *
     * @param kind of the column; of a date or time the numbers are microseconds
     */
    boolean agree(PgType.Kind kind, double expected, double actual) {
        return switch (kind) {
            case DATE -> isSameDay(expected, actual);
            case TIME -> {
                double apart = Math.abs(apart(expected, actual, MICROS)) % DAY;
                yield Math.min(apart, DAY - apart) <= PATIENCE;
            }
            case TIMESTAMP, TIMESTAMPTZ ->
                (isAnother() && isMidnight(expected) && isMidnight(actual))
                        ? isSameDay(expected, actual)
                        : Math.abs(apart(expected, actual, MICROS)) <= PATIENCE;
            default ->
                Math.abs(expected) < PARTS
                        ? Math.abs(actual - expected) <= MOST_APART
                        : Math.abs(apart(expected, actual, perSecond(expected))) <= PATIENCE;
        };
    }

    /** Whether the presents are further apart than the proof takes, so that a day may have begun between them. */
    private boolean isAnother() {
        return Math.abs(drift) > PATIENCE;
    }

    private static boolean isMidnight(double micros) {
        return micros % (DAY * MICROS) == 0;
    }

    /** Whether both are the beginning of the present day of their database, or of days equally far from it. */
    private boolean isSameDay(double expected, double actual) {
        return Math.abs(apart(expected, actual, MICROS)) <= DAY + PATIENCE;
    }

    /** The seconds between the two, without the drift. */
    private double apart(double expected, double actual, double perSecond) {
        return (actual - expected) / perSecond - drift;
    }

    private static double perSecond(double number) {
        double size = Math.abs(number);
        if (size < JULIAN_DAYS) {
            return 1 / DAY;
        }
        if (size < SECONDS) {
            return 1;
        }
        return size < MILLISECONDS ? 1e3 : MICROS;
    }
}
