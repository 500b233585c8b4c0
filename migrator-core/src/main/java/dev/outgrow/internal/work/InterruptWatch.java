package dev.outgrow.internal.work;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.sqlite.SQLiteConnection;

/**
 * Ends what the connections of a run are doing once the run's thread is interrupted: a thread that waits for a server
 * or steps through SQLite does not notice that by itself. It first cancels statements, and cuts the connections if that
 * does not help, for instance because the network drops everything. Safe for concurrent use.
 */
public final class InterruptWatch {
    private static final long LOOK_MILLIS = 50;
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<WeakReference<Connection>> connections = new ArrayList<>();
    private @Nullable Thread watcher;

    /** Begins to watch the calling thread. */
    public synchronized void begin() {
        Thread watched = Thread.currentThread();
        Thread thread = new Thread(() -> watch(watched), "outgrow-interrupt-watch");
        thread.setDaemon(true);
        thread.start();
        watcher = thread;
    }

    /** Stops watching. */
    public synchronized void end() {
        if (watcher != null) {
            watcher.interrupt();
            watcher = null;
        }
    }

    /** A connection that the thread may wait for. */
    public synchronized void add(Connection connection) {
        connections.removeIf(reference -> reference.get() == null);
        connections.add(new WeakReference<>(connection));
    }

    private void watch(Thread watched) {
        long since = 0;
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                if (!watched.isInterrupted()) {
                    since = 0;
                } else if (since == 0) {
                    since = System.nanoTime();
                    asking(open());
                } else if (System.nanoTime() - since < PATIENCE_NANOS) {
                    asking(open());
                } else {
                    open().forEach(InterruptWatch::cut);
                }
            }
        } catch (InterruptedException closed) {
            // The run has ended.
        }
    }

    private synchronized List<Connection> open() {
        List<Connection> open = new ArrayList<>();
        for (WeakReference<Connection> reference : connections) {
            Connection connection = reference.get();
            if (connection != null) {
                open.add(connection);
            }
        }
        return open;
    }

    /** On a thread of its own, since cancelling means connecting to the server once more. */
    private static void asking(List<Connection> connections) {
        Thread thread = new Thread(() -> connections.forEach(InterruptWatch::ask), "outgrow-cancel");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the statement under way, if there is one. */
    static void ask(Connection connection) {
        try {
            if (connection.isClosed()) {
                return;
            }
            if (connection.isWrapperFor(PGConnection.class)) {
                connection.unwrap(PGConnection.class).cancelQuery();
            } else if (connection instanceof SQLiteConnection sqlite) {
                sqlite.getDatabase().interrupt();
            }
        } catch (SQLException e) {
            log("A statement could not be cancelled; its connection may be gone.");
        }
    }

    /** Cuts the connection to a server, whatever it is waiting for. */
    static void cut(Connection connection) {
        try {
            if (connection.isWrapperFor(PGConnection.class)) {
                connection.abort(Runnable::run);
            }
        } catch (SQLException e) {
            log("A connection could not be cut; it may be gone.");
        }
    }

    private static void log(String message) {
        System.getLogger(InterruptWatch.class.getName()).log(System.Logger.Level.DEBUG, message);
    }
}
