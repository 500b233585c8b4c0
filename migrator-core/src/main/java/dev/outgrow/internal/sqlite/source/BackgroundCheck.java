package dev.outgrow.internal.sqlite.source;

import dev.outgrow.internal.background.BackgroundTask;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
    private final List<BackgroundTask<@Nullable Void>> tasks = new ArrayList<>();
    private volatile @Nullable Connection checking;
    private volatile boolean cancelled;

    /** Begins to check. */
    BackgroundCheck(SourceFile source, Opener opener) {
        this.source = source;
        tasks.add(BackgroundTask.begin("check", () -> {
            try (Connection connection = opener.open()) {
                checking = connection;
                if (!cancelled) {
                    Damage.refuse(connection, source);
                }
            } finally {
                checking = null;
            }
            return null;
        }));
    }

    /** Begins to wait until the copy is on the disk, too. */
    void force(Path copy) throws IOException {
        FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE);
        tasks.add(BackgroundTask.begin("force", () -> {
            try (channel) {
                channel.force(true);
            } catch (ClosedByInterruptException e) {
                throw Refusal.interrupted();
            } catch (IOException e) {
                throw Refusal.backupFailed(copy, String.valueOf(e.getMessage()), e);
            }
            return null;
        }));
    }

    /**
     * Waits for the end of all.
     *
     * @throws dev.outgrow.exception.MigrationException if the database is damaged or incomplete, or the thread is
     *     interrupted
     */
    void await() {
        for (BackgroundTask<@Nullable Void> task : tasks) {
            try {
                task.result(Exception.class);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Refusal.interrupted();
            } catch (Exception e) {
                throw Damage.explained(e, source);
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
        tasks.forEach(BackgroundTask::awaitEnd);
    }
}
