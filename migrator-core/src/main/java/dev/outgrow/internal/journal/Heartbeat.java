package dev.outgrow.internal.journal;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.postgres.ServerFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A thread that keeps a session in use, and notices if it is lost. Safe for use by several threads. */
public final class Heartbeat implements AutoCloseable {
    /** The SQLSTATE in_failed_sql_transaction. */
    private static final String FAILED_TRANSACTION = "25P02";

    private final Connection connection;
    private final Duration pause;
    private final Thread thread;
    private volatile @Nullable SQLException loss;
    private boolean closed;

    Heartbeat(Connection connection, Duration pause) {
        this.connection = connection;
        this.pause = pause;
        this.thread = new Thread(this::beat, "outgrow-heartbeat");
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized void beat() {
        try (Statement statement = connection.createStatement()) {
            while (!closed) {
                wait(pause.toMillis());
                if (!closed) {
                    beatOnce(statement);
                }
            }
        } catch (SQLException e) {
            loss = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A failed transaction that is not rolled back yet refuses the statement; that counts as an answer. */
    private static void beatOnce(Statement statement) throws SQLException {
        try {
            statement.execute("SELECT 1");
        } catch (SQLException e) {
            if (!FAILED_TRANSACTION.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /**
     * Checks that the session was alive at the last look.
     *
     * @throws MigrationException if it was lost, and the lock with it
     */
    public void demand() {
        SQLException failure = loss;
        if (failure != null) {
            throw ServerFailure.of(failure, "holding the lock of the run");
        }
    }

    /** Once this has returned, the heartbeat no longer uses the session. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
