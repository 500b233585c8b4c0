package dev.outgrow.internal.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives up sessions that are open and silent, as happens behind a firewall that has forgotten them or a network that
 * drops everything. A statement may take as long as it needs: if an answer takes longer than allowed, the server is
 * asked, on an extra connection that is open for a moment, whether it is working on the statement. If it is not, at two
 * looks, or if it does not answer in that time, all sessions are ended on both sides, which releases their locks. If
 * the pool or the server has no connection to spare, nobody can know, and the wait goes on. Safe for use by several
 * threads.
 *
 * @see <a href="https://www.postgresql.org/docs/current/monitoring-stats.html">PostgreSQL, "pg_stat_activity"</a>
 */
final class StallWatch {
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The SQLSTATE too_many_connections. */
    private static final String TOO_MANY = "53300";

    /**
     * Working, and not just sending to us or receiving from us. The search path is still the app's here, so operators
     * are qualified.
     */
    private static final String AT_WORK = """
            SELECT pid FROM pg_catalog.pg_stat_activity
             WHERE pid OPERATOR(pg_catalog.=) ANY ('{%s}'::pg_catalog.int4[])
               AND (state OPERATOR(pg_catalog.=) 'active' OR state OPERATOR(pg_catalog.=) 'fastpath function call'
                    OR state OPERATOR(pg_catalog.=) 'disabled')
               AND coalesce(wait_event_type, '') OPERATOR(pg_catalog.<>) 'Client'""";

    private static final String END = "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
            + " WHERE pid OPERATOR(pg_catalog.=) ANY ('{%s}'::pg_catalog.int4[])"
            + " AND application_name OPERATOR(pg_catalog.=) 'outgrow'";

    /** A session, and when its current call began. */
    private static final class Session {
        private final Connection connection;
        private final Pulse pulse;
        private volatile int pid;
        private long call = -1;
        private long since;
        private boolean suspect;

        private Session(Connection connection, Pulse pulse) {
            this.connection = connection;
            this.pulse = pulse;
        }
    }

    private final DataSource server;
    private final Duration atMost;
    private final List<Session> sessions = new ArrayList<>();
    private @Nullable Thread watcher;

    /**
     * A watch over the sessions of a server.
     *
     * @param server gives the connection on which the server is asked
     * @param atMost how long a session may be silent before the server is asked
     */
    StallWatch(DataSource server, Duration atMost) {
        this.server = server;
        this.atMost = atMost;
    }

    /**
     * Watches a session until it is closed.
     *
     * @param connection of the driver or the pool
     */
    void add(Connection connection, Pulse pulse) {
        Session session = new Session(connection, pulse);
        synchronized (this) {
            sessions.add(session);
            if (watcher == null) {
                watcher = thread(this::watch, "outgrow-stall-watch");
            }
        }
    }

    /**
     * Notes the process id of a session on the server, as the session itself says it: the one that a pooler gives when the
     * connection is made may be its own.
     */
    void identified(Pulse pulse, int pid) {
        synchronized (this) {
            for (Session session : sessions) {
                if (session.pulse == pulse) {
                    session.pid = pid;
                }
            }
        }
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A returned session is no longer watched: somebody else may have it next. */
    synchronized void remove(Pulse pulse) {
        sessions.removeIf(session -> session.pulse == pulse);
        notifyAll();
    }

    private synchronized boolean awaitNextLook() throws InterruptedException {
        long pause = Math.max(1_000_000, Math.min(LONGEST_PAUSE_NANOS, atMost.toNanos() / 4));
        long end = System.nanoTime() + pause;
        for (long left = pause; left > 0 && !sessions.isEmpty(); left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        if (sessions.isEmpty()) {
            watcher = null;
            return false;
        }
        return true;
    }

    private void watch() {
        try {
            while (awaitNextLook()) {
                List<Session> suspects = silent(System.nanoTime());
                if (!suspects.isEmpty() && isStalled(suspects)) {
                    giveUp();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Session> silent(long now) {
        List<Session> silent = new ArrayList<>();
        for (Session session : sessions) {
            long call = session.pulse.call();
            if (call != session.call) {
                session.call = call;
                session.since = now;
                session.suspect = false;
            } else if (call >= 0 && now - session.since >= atMost.toNanos()) {
                silent.add(session);
            }
        }
        return silent;
    }

    private boolean isStalled(List<Session> silent) throws InterruptedException {
        Set<Integer> working;
        try {
            working = within(() -> working(silent));
        } catch (SQLException e) {
            return true;
        }
        boolean stalled = false;
        for (Session session : silent) {
            boolean idle = !working.contains(session.pid) && session.pulse.call() == session.call;
            stalled |= idle && session.suspect;
            session.suspect = idle;
            if (!idle) {
                session.since = System.nanoTime();
            }
        }
        return stalled;
    }

    /** The process ids of the sessions on which the server is working; all of them if nobody can know. */
    private Set<Integer> working(List<Session> silent) throws SQLException {
        Set<Integer> working = new HashSet<>();
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(AT_WORK.formatted(pids(silent)))) {
            while (rows.next()) {
                working.add(rows.getInt(1));
            }
        } catch (SQLException e) {
            if (!isLackOfConnections(e)) {
                throw e;
            }
            System.getLogger(StallWatch.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The server has been silent for {0}, and there is no connection to spare on which it could be"
                                    + " asked whether it is at work.",
                            words());
            silent.forEach(session -> working.add(session.pid));
        }
        return working;
    }

    /** If a pool tried to connect and failed, its cause says so. */
    static boolean isLackOfConnections(SQLException failure) {
        return TOO_MANY.equals(failure.getSQLState())
                || (failure instanceof SQLTransientConnectionException
                        && failure.getSQLState() == null
                        && !(failure.getCause() instanceof SQLException));
    }

    private static String pids(List<Session> sessions) {
        List<String> pids = new ArrayList<>();
        sessions.forEach(session -> pids.add(Integer.toString(session.pid)));
        return String.join(",", pids);
    }

    /** What does not succeed in time is given up: this connection may be silent, too. */
    private <T> T within(Pulse.Call<T> call) throws SQLException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(call::call);
        Thread asking = thread(task, "outgrow-stall-look");
        try {
            return task.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            asking.interrupt();
            throw new SQLException("no answer within " + words(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new SQLException("the server could not be asked", e.getCause());
        }
    }

    private String words() {
        return atMost.toMillis() % 1000 == 0 ? atMost.toSeconds() + " s" : atMost.toMillis() + " ms";
    }

    private void giveUp() throws InterruptedException {
        List<Session> all;
        synchronized (this) {
            all = List.copyOf(sessions);
            sessions.clear();
        }
        for (Session session : all) {
            session.pulse.stalled("the connection stayed open and silent for " + words()
                    + ", and the server is not at work on it, or cannot be asked");
        }
        for (Session session : all) {
            try {
                session.connection.abort(Runnable::run);
            } catch (SQLException | RuntimeException e) {
                log("A silent connection could not be cut; it may be gone.");
            }
        }
        try {
            Boolean ended = within(() -> {
                try (Connection connection = server.getConnection();
                        Statement statement = connection.createStatement()) {
                    return statement.execute(END.formatted(pids(all)));
                }
            });
            log("The sessions of silent connections were ended: " + ended + ".");
        } catch (SQLException e) {
            log("The server could not be asked to end silent sessions; it will by itself.");
        }
    }

    private static void log(String message) {
        System.getLogger(StallWatch.class.getName()).log(System.Logger.Level.DEBUG, message);
    }
}
