package dev.outgrow.internal.sqlite.source;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * SQLite's own write lock, held on a database so that nobody else can write. Changes no byte of the database, its WAL
 * or its journal, whatever state the application left them in. Does not hinder reading, except as {@link FileSituation}
 * says.
 *
 * <ul>
 * <li>If others may have it open: a write transaction that writes nothing. A read-only connection outlives it, so that
 * it is not the last one to close a WAL, which SQLite would then move into the database and delete.
 * <li>A WAL database that was closed: an exclusive lock on the whole database, with which SQLite needs no index.
 * <li>A database that was cut off: SQLite would recover it before locking. Instead, the operating system's locks are
 * taken on the bytes that SQLite locks; nobody in this process may have it open.
 * </ul>
 *
 * <p>If the process may not write to the file, there is no lock; the run still notices changes by others.
 */
public final class WriteLock implements AutoCloseable {
    private static final int PAUSE_MILLIS = 50;
    private static final int SHORT_PATIENCE_MILLIS = 1_000;

    private final SourceFile source;
    private final long end;
    private @Nullable Connection reader;
    private @Nullable Connection writer;
    private @Nullable FileChannel channel;
    private String readParameters = ReadOnlyConnection.SHARED;

    private WriteLock(SourceFile source, Duration patience) {
        this.source = source;
        this.end = System.nanoTime() + patience.toNanos();
    }

    /**
     * Waits for the lock.
     *
     * @param patience how long writers may take
     * @throws MigrationException {@code SOURCE_BUSY} if they take longer, with the ids of their processes; or as for a snapshot
     */
    static WriteLock take(SourceFile source, Duration patience) {
        Inspection.of(source);
        WriteLock lock = new WriteLock(source, patience);
        try {
            while (!lock.attempt()) {
                if (System.nanoTime() - lock.end > 0) {
                    throw lock.busy(null);
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            return lock;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lock.close();
            throw Refusal.interrupted();
        } catch (SQLException e) {
            lock.close();
            throw SqliteFailure.primaryCode(e) == SQLiteErrorCode.SQLITE_BUSY.code
                    ? lock.busy(e)
                    : Damage.explained(e, source);
        } catch (IOException e) {
            lock.close();
            throw Damage.explained(e, source);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Whether there is a lock; there is none if the process may not write. */
    boolean keepsWritersOut() {
        return writer != null || channel != null;
    }

    /** How to open connections for reading meanwhile. */
    String readParameters() {
        return readParameters;
    }

    private MigrationException busy(@Nullable SQLException cause) {
        return Refusal.busy(source, writers() + ", so that it could not be frozen in time", cause);
    }

    private String writers() {
        try {
            Set<Long> ids = LockHolders.writers(source);
            if (ids.isEmpty()) {
                return "somebody has a write transaction open";
            }
            StringBuilder text = new StringBuilder(ids.size() == 1 ? "process " : "processes ");
            String comma = "";
            for (long id : ids) {
                text.append(comma).append(id);
                if (id == ProcessHandle.current().pid()) {
                    text.append(" (this one)");
                }
                comma = ", ";
            }
            return text.append(ids.size() == 1 ? " has" : " have")
                    .append(" a write transaction open")
                    .toString();
        } catch (IOException e) {
            return "somebody has a write transaction open";
        }
    }

    private int patienceMillis() {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    }

    /** Whether the lock was taken, or cannot be taken at all. */
    private boolean attempt() throws SQLException, IOException {
        FileSituation situation = FileSituation.of(source, true);
        readParameters = situation == FileSituation.CLOSED ? ReadOnlyConnection.IMMUTABLE : ReadOnlyConnection.SHARED;
        if (!Files.isWritable(source.path())) {
            return true;
        }
        switch (situation) {
            case CUT_OFF -> {
                return lockBytes();
            }
            case ROLLBACK -> {
                if (FileSituation.isHot(source.journal())) {
                    return lockBytes();
                }
                lockBesideOthers();
            }
            case IN_USE -> lockBesideOthers();
            case CLOSED -> lockAlone();
        }
        return true;
    }

    private void lockBesideOthers() throws SQLException {
        reader = ReadOnlyConnection.open(source.path(), ReadOnlyConnection.SHARED, patienceMillis());
        writer = connection(ReadOnlyConnection.WRITABLE, patienceMillis());
        ReadOnlyConnection.beginRead(reader);
    }

    /**
     * The process in the way has the database open if the system does not show it, for instance in another container.
     */
    private void lockAlone() throws SQLException, IOException {
        boolean wal = Files.exists(source.wal());
        boolean index = Files.exists(source.walIndex());
        if (!Files.isWritable(source.path().resolveSibling(""))) {
            return;
        }
        if (!ReadOnlyConnection.KNOWS_EXCLUSIVE) {
            readParameters = ReadOnlyConnection.SHARED;
            writer = connection(ReadOnlyConnection.WRITABLE, patienceMillis());
            return;
        }
        try {
            writer = connection(
                    ReadOnlyConnection.EXCLUSIVE,
                    wal && index ? Math.min(SHORT_PATIENCE_MILLIS, patienceMillis()) : patienceMillis());
        } catch (SQLException e) {
            if (!wal || !index || SqliteFailure.primaryCode(e) != SQLiteErrorCode.SQLITE_BUSY.code) {
                throw e;
            }
            readParameters = ReadOnlyConnection.SHARED;
            lockBesideOthers();
            return;
        }
        if (wal) {
            reader = ReadOnlyConnection.open(source.path(), ReadOnlyConnection.SHARED, patienceMillis());
            ReadOnlyConnection.beginRead(reader);
        }
    }

    private Connection connection(String parameters, int patienceMillis) throws SQLException {
        Connection connection = ReadOnlyConnection.connect(source.path(), parameters, patienceMillis);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("BEGIN IMMEDIATE");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * A lock of the operating system does not keep out this process, and releasing it would drop the locks of its
     * connections.
     */
    private boolean lockBytes() throws IOException {
        if (!LockHolders.known()) {
            throw Refusal.needsRecovery(source);
        }
        if (LockHolders.holds(source, ProcessHandle.current().pid())) {
            return false;
        }
        FileChannel opened = FileChannel.open(source.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            FileLock lock = opened.tryLock(LockHolders.PENDING_BYTE, LockHolders.LOCK_BYTES, false);
            locked = lock != null;
        } catch (OverlappingFileLockException another) {
            locked = false;
        } finally {
            if (locked) {
                channel = opened;
            } else {
                opened.close();
            }
        }
        return locked;
    }

    /** Lets go. */
    @Override
    public void close() {
        try {
            close(writer);
        } finally {
            writer = null;
            close(reader);
            reader = null;
        }
        try {
            if (channel != null) {
                channel.close();
                channel = null;
            }
            RawFile.closeUnused();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close " + source.path(), e);
        }
    }

    private void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "closing " + source.name());
        }
    }
}
