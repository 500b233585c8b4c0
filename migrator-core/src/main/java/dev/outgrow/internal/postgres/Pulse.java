package dev.outgrow.internal.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody is waiting for the server's answer on a session, so that another thread can see for how long: a
 * driver call that does not return is the only sign of a connection that is open and silent. Safe for use by several
 * threads.
 */
public final class Pulse {
    /** What a session of {@link PgServer} is in addition to a connection. */
    interface Pulsing {
        Pulse pulse();
    }

    /** A call of the driver. */
    @FunctionalInterface
    interface Call<T extends @Nullable Object> {
        T call() throws SQLException;
    }

    /** Likewise, of one that gives nothing. */
    @FunctionalInterface
    interface Act {
        void act() throws SQLException;
    }

    private final AtomicLong calls = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable String stalled;

    /** The pulse of a session; for any other connection, one that nobody reads. */
    public static Pulse of(Connection connection) {
        return connection instanceof Pulsing session ? session.pulse() : new Pulse();
    }

    /** The number of the call under way; negative if there is none. */
    long call() {
        return waiting.get() == 0 ? -1 : calls.get();
    }

    /** From now on, every failure of the session counts as a consequence of the stall. */
    void stalled(String words) {
        stalled = words;
    }

    /** Goes to the next row of a result that the driver fetches in parts. */
    public boolean next(ResultSet rows) throws SQLException {
        return during(rows::next);
    }

    <T extends @Nullable Object> T during(Call<T> call) throws SQLException {
        calls.incrementAndGet();
        waiting.incrementAndGet();
        try {
            return call.call();
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            waiting.decrementAndGet();
        }
    }

    void run(Act act) throws SQLException {
        calls.incrementAndGet();
        waiting.incrementAndGet();
        try {
            act.act();
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private SQLException failure(SQLException e) {
        String words = stalled;
        return words == null ? e : new StalledConnection(words, e);
    }
}
