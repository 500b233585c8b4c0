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
 * <p>The connection that holds it must not be the last one to let go of a WAL that was there, since SQLite would move its
 * content into the database and delete it: a read-only connection, which cannot, is closed after it.
 *
 * <p>A WAL database that was closed has no index, and SQLite would make one to lock it. There the lock is that on the database
 * as a whole, by which SQLite does without an index; other processes cannot even read then. An empty WAL, if there was none, is
 * made with it and goes with it.
 */
final class HeldOriginal implements Snapshot.State {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SHORT_PATIENCE_MILLIS = 1_000;

    private final SourceFile source;
    private @Nullable Connection reader;
    private @Nullable Connection lock;
    private @Nullable BackgroundCheck check;
    private @Nullable Facts unlocked;
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
        switch (Situation.of(source, true)) {
            case CUT_OFF -> throw Refusal.needsRecovery(source);
            case ROLLBACK, IN_USE -> lockBesideOthers();
            case CLOSED -> lockAlone();
        }
    }

    private void lockBesideOthers() throws SQLException, IOException {
        reader = openReader();
        if (Files.isWritable(source.path())) {
            lock = lock(ReadOnlyConnection.WRITABLE, PATIENCE_MILLIS);
        } else {
            unlocked = Facts.of(source);
        }
    }

    /** Who is in the way has the database open where the system does not tell of it, in another container for one. */
    private void lockAlone() throws SQLException, IOException {
        boolean wal = Files.exists(source.wal());
        boolean index = Files.exists(source.walIndex());
        readParameters = ReadOnlyConnection.IMMUTABLE;
        if (!ReadOnlyConnection.KNOWS_EXCLUSIVE
                || !Files.isWritable(source.path())
                || !Files.isWritable(source.path().resolveSibling(""))) {
            unlocked = Facts.of(source);
            return;
        }
        try {
            lock = lock(ReadOnlyConnection.EXCLUSIVE, wal && index ? SHORT_PATIENCE_MILLIS : PATIENCE_MILLIS);
        } catch (SQLException e) {
            if (!wal || !index || SqliteFailure.primaryCode(e) != SQLiteErrorCode.SQLITE_BUSY.code) {
                throw e;
            }
            readParameters = ReadOnlyConnection.SHARED;
            lockBesideOthers();
            return;
        }
        if (wal) {
            reader = ReadOnlyConnection.open(source.path(), ReadOnlyConnection.SHARED, PATIENCE_MILLIS);
            ReadOnlyConnection.beginRead(reader);
        }
    }

    private Connection lock(String parameters, int patienceMillis) throws SQLException {
        Connection connection = ReadOnlyConnection.connect(source.path(), parameters, patienceMillis);
        try {
            beginImmediate(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void beginImmediate(Connection connection) throws SQLException {
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

    /** Where there could be no lock, a change by others is at least noticed. */
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
            throw SqliteFailure.of(e, "closing " + source.name());
        }
    }
}
