package dev.outgrow.internal.sqlite.source;

import dev.outgrow.internal.sqlite.read.SqliteFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The original, read in place under a {@linkplain WriteLock lock} that keeps writers out, or without one if the process
 * may not lock it; then commits of others are noticed. Refuses a database that would have to be recovered first.
 */
final class OriginalInPlace implements Snapshot.FrozenFile {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SourceFile source;
    private @Nullable WriteLock lock;
    private @Nullable Connection reader;
    private @Nullable BackgroundCheck check;
    private @Nullable Facts unlocked;

    private OriginalInPlace(SourceFile source) {
        this.source = source;
    }

    /** Locks the original and describes it. */
    static Snapshot hold(SourceFile source) throws SQLException, IOException {
        OriginalInPlace held = new OriginalInPlace(source);
        try {
            held.lock();
            Snapshot snapshot = held.snapshot();
            held.check = new BackgroundCheck(source, held::open);
            return snapshot;
        } catch (SQLException | IOException | RuntimeException e) {
            held.release();
            throw e;
        }
    }

    private void lock() throws SQLException, IOException {
        if (FileSituation.of(source, true) == FileSituation.CUT_OFF) {
            throw Refusal.needsRecovery(source);
        }
        WriteLock taken = WriteLock.take(source, PATIENCE);
        lock = taken;
        if (!taken.keepsWritersOut()) {
            unlocked = Facts.of(source);
            // Keeps the application from removing its WAL when it closes.
            reader = openReader();
        }
    }

    private Connection openReader() throws SQLException {
        Connection connection = ReadOnlyConnection.open(
                source.path(), Objects.requireNonNull(lock).readParameters(), (int) PATIENCE.toMillis());
        try {
            ReadOnlyConnection.beginRead(connection);
            AppDefinitions.collations(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            if (SqliteFailure.primaryCode(e) == SQLiteErrorCode.SQLITE_READONLY.code) {
                throw Refusal.needsRecovery(source);
            }
            throw e;
        }
    }

    private Snapshot snapshot() throws SQLException, IOException {
        try (Connection connection = openReader()) {
            long sizeBytes = ReadOnlyConnection.pragma(connection, "page_size")
                    * ReadOnlyConnection.pragma(connection, "page_count");
            return new Snapshot(this, Fingerprint.seenBy(connection, source), sizeBytes);
        }
    }

    @Override
    public Path path() {
        return source.path();
    }

    /** Without a lock, a change by others is at least noticed. */
    @Override
    public Connection open() throws SQLException {
        Connection connection = openReader();
        try {
            Facts then = unlocked;
            if (then != null && !then.sameCommit(Facts.of(source, then.commit()))) {
                throw Refusal.changed(
                        source.name(), "somebody wrote to it, and the process has no right to lock it", false, null);
            }
            return connection;
        } catch (IOException e) {
            connection.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public boolean isCopy() {
        return false;
    }

    @Override
    public Optional<Path> complete() {
        Objects.requireNonNull(check).await();
        return Optional.empty();
    }

    @Override
    public void release() {
        if (check != null) {
            check.cancel();
        }
        try {
            if (reader != null) {
                reader.close();
                reader = null;
            }
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "closing " + source.name());
        } finally {
            if (lock != null) {
                lock.close();
                lock = null;
            }
        }
    }
}
