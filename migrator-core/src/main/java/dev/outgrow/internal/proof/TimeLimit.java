package dev.outgrow.internal.proof;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * The time for all queries of a proof together: a query that still runs when it is over is cancelled. A view may be a
 * recursion that only its data would end. Safe for use by the thread that proves and the one that watches the time.
 */
final class TimeLimit implements AutoCloseable {
    private final Duration limit;
    private final @Nullable Timer watch;
    private @Nullable Statement running;
    private boolean over;
    private String cancelled = "";

    private TimeLimit(Duration limit, @Nullable Timer watch) {
        this.limit = limit;
        this.watch = watch;
    }

    /** No limit. */
    static TimeLimit none() {
        return new TimeLimit(Duration.ZERO, null);
    }

    /** Begins now. */
    static TimeLimit of(Duration limit) {
        Timer watch = new Timer("outgrow-proof-limit", true);
        TimeLimit begun = new TimeLimit(limit, watch);
        TimerTask end = new TimerTask() {
            @Override
            public void run() {
                begun.end();
            }
        };
        // Cancels repeatedly: a statement that is just about to begin does not notice a cancellation.
        watch.schedule(end, limit.toMillis(), 100);
        return begun;
    }

    private synchronized void end() {
        over = true;
        Statement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                // It is tried again, and the statement's result is ignored.
                System.getLogger(TimeLimit.class.getName())
                        .log(System.Logger.Level.DEBUG, "A proof could not be cancelled: SQLSTATE " + e.getSQLState());
            }
        }
    }

    /**
     * Watches a statement from here on.
     *
     * @param database where it runs, as messages name it
     * @throws SQLException if the time is over
     */
    synchronized void watch(Statement statement, String database) throws SQLException {
        running = statement;
        cancelled = database;
        demand();
    }

    /** The statement has ended. */
    synchronized void unwatch() {
        running = null;
    }

    /**
     * Checks the time.
     *
     * @throws SQLException if the time is over
     */
    synchronized void demand() throws SQLException {
        if (over) {
            throw new SQLException("the time of the proof is over");
        }
    }

    /** What happened, if the time is over; null if it is not. */
    synchronized @Nullable Finding finding() {
        return over ? Finding.failed(cancelled + " did not come to its end within " + words(limit)) : null;
    }

    private static String words(Duration limit) {
        return limit.toMinutes() > 0 ? limit.toMinutes() + " minutes" : limit.toMillis() + " ms";
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.cancel();
        }
    }
}
