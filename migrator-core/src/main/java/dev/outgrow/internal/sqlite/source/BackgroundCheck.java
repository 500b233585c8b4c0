package dev.outgrow.internal.sqlite.source;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Checks a snapshot in the background while it is already being read: whether its pages are consistent, and whether
 * they are on the disk.
 */
final class BackgroundCheck {
    /** Opens a connection to the snapshot. */
    interface Opener {
        Connection open() throws SQLException;
    }

    private final SourceFile source;
    private final List<FutureTask<?>> tasks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile @Nullable Connection checking;
    private volatile boolean cancelled;

    /** Begins to check. */
    BackgroundCheck(SourceFile source, Opener opener) {
        this.source = source;
        start("outgrow-check", () -> {
            try (Connection connection = opener.open()) {
                checking = connection;
                if (!cancelled) {
                    Damage.refuse(connection, source);
                }
            } finally {
                checking = null;
            }
            return null;
        });
    }

    /** Begins to wait until the copy is on the disk, too. */
    void force(Path copy) throws IOException {
        FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE);
        start("outgrow-force", () -> {
            try (channel) {
                channel.force(true);
            } catch (ClosedByInterruptException e) {
                throw Refusal.interrupted();
            } catch (IOException e) {
                throw Refusal.backupFailed(copy, String.valueOf(e.getMessage()), e);
            }
            return null;
        });
    }

    private void start(String name, Callable<@Nullable Void> work) {
        FutureTask<@Nullable Void> task = new FutureTask<>(work);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        tasks.add(task);
        threads.add(thread);
        thread.start();
    }

    /**
     * Waits for the end of all.
     *
     * @throws dev.outgrow.exception.MigrationException if the database is damaged or incomplete, or the thread is
     *     interrupted
     */
    void await() {
        for (FutureTask<?> task : tasks) {
            try {
                task.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Refusal.interrupted();
            } catch (ExecutionException e) {
                throw Damage.explained(e.getCause(), source);
            }
        }
    }

    /** Ends the running checks. */
    void cancel() {
        cancelled = true;
        Connection connection = checking;
        if (connection != null) {
            try {
                connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
            } catch (SQLException alreadyClosed) {
                // It has ended by itself.
            }
        }
        threads.forEach(Uninterruptibles::joinUninterruptibly);
    }
}
