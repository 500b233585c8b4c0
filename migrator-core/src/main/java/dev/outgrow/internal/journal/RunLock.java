package dev.outgrow.internal.journal;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.progress.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lock that lets one run at a time work on a target schema: an advisory lock of a session of its own. The server
 * releases it when that session ends, so that a crashed holder never blocks anybody.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html">PostgreSQL, "Advisory Locks"</a>
 */
public final class RunLock implements AutoCloseable {
    /** The first half of the key; the second is a hash of the schema's name. */
    static final int FAMILY = 0x6f756767;

    /** The first half of the key by which two sessions are compared. */
    private static final int COMPARED = 0x6f756763;

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Connection connection;
    private @Nullable Heartbeat heartbeat;

    private RunLock(Connection connection) {
        this.connection = connection;
    }

    /**
     * Waits for the lock.
     *
     * @param atMost how long to wait for another instance
     * @throws MigrationException {@link Reason#TARGET_BUSY} if another instance still holds it then, {@link
     *     Reason#INTERRUPTED} if the thread was interrupted
     */
    public static RunLock acquire(PgServer server, String targetSchema, Duration atMost) {
        return acquire(server.open(), targetSchema, atMost, waiting -> {});
    }

    /**
     * The same in a session of {@link PgServer}, which belongs to the lock from here on.
     *
     * @param told receives, about once a second, the instance that holds the lock
     */
    public static RunLock acquire(Connection session, String targetSchema, Duration atMost, Consumer<Waiting> told) {
        return acquire(session, targetSchema, targetSchema, atMost, told);
    }

    /**
     * Waits for the lock that lets one switchover at a time work on a target schema; the run within it takes its own.
     *
     * @param atMost how long to wait for another instance
     * @throws MigrationException as {@link #acquire(PgServer, String, Duration)}
     */
    public static RunLock ofSwitchover(PgServer server, String targetSchema, Duration atMost) {
        return acquire(server.open(), "switchover into " + targetSchema, targetSchema, atMost, waiting -> {});
    }

    private static RunLock acquire(
            Connection connection, String key, String targetSchema, Duration atMost, Consumer<Waiting> told) {
        try {
            long start = System.nanoTime();
            long end = start + atMost.toNanos();
            while (!tried(connection, key)) {
                if (System.nanoTime() - end > 0) {
                    throw new MigrationException(
                            Reason.TARGET_BUSY,
                            "Another instance is migrating into schema " + targetSchema + ", and did not end within "
                                    + atMost.toMillis() / 1000.0 + " s.",
                            "let it end and call run() again: it returns the report of the other's run. To wait longer say"
                                    + " .lockTimeout(duration).",
                            null);
                }
                told.accept(new Waiting(holder(connection, key), Duration.ofNanos(System.nanoTime() - start), atMost));
                Thread.sleep(PAUSE.toMillis());
            }
            return settled(new RunLock(connection));
        } catch (SQLException e) {
            PgServer.giveBack(connection);
            throw ServerFailure.of(e, "locking the target");
        } catch (InterruptedException e) {
            PgServer.giveBack(connection);
            Thread.currentThread().interrupt();
            throw new MigrationException(
                    Reason.INTERRUPTED,
                    "Interrupted while waiting for another instance's migration.",
                    "call run() again.",
                    e);
        } catch (RuntimeException e) {
            PgServer.giveBack(connection);
            throw e;
        }
    }

    /** With a journal of the present layout, if there is one: nobody else works on this schema now. */
    private static RunLock settled(RunLock lock) throws SQLException {
        try {
            lock.connection.setAutoCommit(false);
            Layout.settle(lock.connection);
            lock.connection.commit();
            lock.connection.setAutoCommit(true);
            return lock;
        } catch (SQLException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The session that holds the lock; the journal is read and written through it. */
    public Connection connection() {
        return connection;
    }

    /**
     * Pings the session from time to time while nobody else uses it, so that nothing between here and the server takes
     * it for abandoned, and so that its loss is noticed early. Ends when it is closed.
     */
    public synchronized Heartbeat heartbeat() {
        quiet();
        heartbeat = new Heartbeat(connection, HEARTBEAT);
        return heartbeat;
    }

    /** Ends the heartbeat, if there is one: the session is in constant use from here on. */
    public synchronized void quiet() {
        if (heartbeat != null) {
            heartbeat.close();
            heartbeat = null;
        }
    }

    /**
     * Whether two sessions belong to one database: then one cannot take a lock that the other holds. Afterwards neither
     * holds it.
     */
    public static boolean isSameDatabase(Connection one, Connection other) throws SQLException {
        int key = ThreadLocalRandom.current().nextInt();
        try (Statement first = one.createStatement();
                Statement second = other.createStatement()) {
            first.execute("SELECT pg_catalog.pg_advisory_lock(" + COMPARED + ", " + key + ")");
            try (ResultSet row =
                    second.executeQuery("SELECT pg_catalog.pg_try_advisory_xact_lock(" + COMPARED + ", " + key + ")")) {
                row.next();
                return !row.getBoolean(1);
            } finally {
                first.execute("SELECT pg_catalog.pg_advisory_unlock(" + COMPARED + ", " + key + ")");
            }
        }
    }

    /** Who holds the lock, as far as the server lets this role see it. */
    private static String holder(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT coalesce(' from ' || host(a.client_addr), '')
                       || coalesce(', connected since ' || to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC', '')
                  FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                 WHERE l.locktype = 'advisory' AND l.granted AND l.classid::bigint = ?
                       AND l.objid::bigint = hashtext(?)::bigint & 4294967295
                       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())""")) {
            statement.setLong(1, Integer.toUnsignedLong(FAMILY));
            statement.setString(2, key);
            try (ResultSet rows = statement.executeQuery()) {
                return "another instance" + (rows.next() ? rows.getString(1) : "");
            }
        }
    }

    private static boolean tried(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_try_advisory_lock(?, hashtext(?))")) {
            statement.setInt(1, FAMILY);
            statement.setString(2, key);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    /** Releases the lock. A pooled connection goes back to its pool, so that closing alone would not. */
    @Override
    public void close() {
        quiet();
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_advisory_unlock_all()")) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            statement.execute();
        } catch (SQLException e) {
            System.getLogger(RunLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "The session that held the lock is gone; so is the lock.");
        } finally {
            PgServer.giveBack(connection);
        }
    }
}
