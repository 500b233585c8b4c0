package dev.outgrow.internal.sqlite.source;

import dev.outgrow.internal.sqlite.read.SqliteFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The original, read in place under a lock that keeps writers out. The lock is SQLite's own for those who are about to write,
 * taken by {@code BEGIN IMMEDIATE}, which writes nothing.
 *
 * <p>The connection that holds it must not be the last one to let go of a WAL with content, since SQLite would move that into
 * the database and delete it: a read-only connection, which cannot, is opened before and closed after it. A WAL database that
 * was closed has no WAL; then the order does not matter, and the lock alone removes the empty files that it made.
 */
final class HeldOriginal implements Snapshot.State {
    private static final int PATIENCE_MILLIS = 20_000;

    private final SourceFile source;
    private @Nullable Connection reader;
    private @Nullable Connection lock;
    private @Nullable BackgroundCheck check;
    private SourceFile.@Nullable State unlockedState;
    private String readParameters = ReadOnlyConnection.SHARED;

    private HeldOriginal(SourceFile source) {
        this.source = source;
    }

    /** Locks the original and describes it. */
    static Snapshot hold(SourceFile source) throws SQLException, IOException {
        HeldOriginal held = new HeldOriginal(source);
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
        boolean wal = SourceFile.size(source.wal()) > 0;
        boolean index = Files.exists(source.walIndex());
        if (wal && !index) {
            throw Refusal.needsRecovery(source.path());
        }
        boolean closedWal = !wal && Inspection.of(source).wal() && !(Files.exists(source.wal()) && index);
        boolean writable = Files.isWritable(source.path())
                && (!closedWal
                        || Files.isWritable(source.path().toAbsolutePath().getParent()));
        if (!closedWal) {
            reader = openReader();
        }
        if (writable) {
            lock = ReadOnlyConnection.connect(source.path(), "mode=rw", PATIENCE_MILLIS);
            beginImmediate(lock);
        } else {
            readParameters = closedWal ? ReadOnlyConnection.IMMUTABLE : ReadOnlyConnection.SHARED;
            unlockedState = source.state();
        }
    }

    private void beginImmediate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("BEGIN IMMEDIATE");
        }
    }

    private Connection openReader() throws SQLException {
        Connection connection = ReadOnlyConnection.open(source.path(), readParameters, PATIENCE_MILLIS);
        try {
            ReadOnlyConnection.beginRead(connection);
            AppDefinitions.collations(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            if (SqliteFailure.primaryCode(e) == SQLiteErrorCode.SQLITE_READONLY.code) {
                throw Refusal.needsRecovery(source.path());
            }
            throw e;
        }
    }

    private Snapshot snapshot() throws SQLException, IOException {
        try (Connection connection = openReader();
                RawFile database = RawFile.open(source.path())) {
            int pageSize = Math.toIntExact(ReadOnlyConnection.pragma(connection, "page_size"));
            long pages = ReadOnlyConnection.pragma(connection, "page_count");
            Optional<WalFrames> frames = WalFrames.open(source.wal());
            try {
                String fingerprint = Fingerprint.of(database, pageSize, pages, frames);
                return new Snapshot(this, fingerprint, pages * pageSize);
            } finally {
                if (frames.isPresent()) {
                    frames.get().close();
                }
            }
        }
    }

    @Override
    public Path path() {
        return source.path();
    }

    /** Where there could be no lock, a change by others is at least noticed. */
    @Override
    public Connection open() throws SQLException {
        Connection connection = openReader();
        try {
            if (unlockedState != null && !unlockedState.equals(source.state())) {
                throw Refusal.busy(
                        source.path(), "somebody wrote to it, and the process has no right to lock it", null);
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
            close(lock);
        } finally {
            lock = null;
            close(reader);
            reader = null;
        }
        try {
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
            throw SqliteFailure.of(e, "closing " + source.path());
        }
    }
}
