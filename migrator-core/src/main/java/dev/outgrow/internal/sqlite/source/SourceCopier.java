package dev.outgrow.internal.sqlite.source;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.background.BackgroundTask;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.core.DB;

/**
 * Makes one consistent copy of a database file, in whatever state the application left it or holds it, without changing
 * the original or the files beside it. The way of copying depends on what SQLite would do to the folder:
 *
 * <ul>
 * <li>with a rollback journal: copies its pages in a read transaction, which keeps them unchanged;
 * <li>with a WAL that somebody has open: uses the online backup, read-only, in one read transaction;
 * <li>a WAL database that was closed: SQLite would make a WAL and its index just for reading, so it is opened immutable
 * and its pages are copied, again if somebody opened it meanwhile;
 * <li>a WAL that nobody has open, or the journal of a transaction that was cut off: reading means recovery, which
 * writes, so all files are copied and the copy is recovered.
 * </ul>
 */
final class SourceCopier {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int PAUSE_MILLIS = 100;
    private static final int BUSY_MILLIS = 2000;
    private static final int ENOUGH_UNSETTLED = 3;
    private static final int PAGES_A_STEP = 10_000;
    private static final int CHUNK_BYTES = 1 << 20;

    private final SourceFile source;
    private final Path target;
    private Optional<ComingFingerprint> fingerprint = Optional.empty();
    private int unsettled;

    private SourceCopier(SourceFile source, Path target) {
        this.source = source;
        this.target = target;
    }

    /**
     * Copies the database.
     *
     * @param source the original
     * @param target a file that is not there, in a folder of our own
     * @return the fingerprint of the copy, if the way of copying gives it; then the file must not be changed
     * @throws SQLException if SQLite cannot read the original
     * @throws MigrationException if the copy cannot be written, others do not release the database, or the thread is
     *     interrupted
     */
    static Optional<ComingFingerprint> copy(SourceFile source, Path target) throws SQLException, IOException {
        SourceCopier copier = new SourceCopier(source, target);
        boolean copied = false;
        try {
            copier.persist();
            copied = true;
            return copier.fingerprint;
        } finally {
            if (!copied) {
                copier.forget();
            }
        }
    }

    /** Copies the database that the application's connection sees, which may be in memory. */
    static void copy(Connection connection, Path target) throws SQLException {
        backup(connection, target);
    }

    private void persist() throws SQLException, IOException {
        long begin = System.nanoTime();
        @Nullable SQLException busy = null;
        while (busy == null || System.nanoTime() - begin < PATIENCE_NANOS) {
            try {
                if (attempt()) {
                    return;
                }
                busy = new SQLException("the files changed while they were copied");
            } catch (SQLException e) {
                if (!passing(e)) {
                    throw e;
                }
                busy = e;
            }
            pause();
        }
        throw Refusal.busy(source, "somebody kept writing to it or held it locked", busy);
    }

    private static boolean passing(SQLException e) {
        int code = SqliteFailure.primaryCode(e);
        return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
    }

    /** Whether the copy shows one state. */
    private boolean attempt() throws SQLException, IOException {
        clear();
        return switch (situation()) {
            case ROLLBACK -> lockedOrCutOff();
            case IN_USE -> online();
            case CUT_OFF -> copyAndRecover();
            case CLOSED -> copyUnwatched();
        };
    }

    /** Files that change are in use, whether the system says so or not. */
    private FileSituation situation() throws IOException {
        boolean restless =
                unsettled >= ENOUGH_UNSETTLED && Files.exists(source.wal()) && Files.exists(source.walIndex());
        return restless ? FileSituation.IN_USE : FileSituation.of(source, false);
    }

    private boolean lockedOrCutOff() throws SQLException, IOException {
        try {
            copyPages(ReadOnlyConnection.SHARED);
            return true;
        } catch (SQLException e) {
            if (SqliteFailure.primaryCode(e) == SQLiteErrorCode.SQLITE_READONLY.code) {
                clear();
                return copyAndRecover();
            }
            throw e;
        }
    }

    private boolean copyUnwatched() throws SQLException, IOException {
        Unwatched before = Unwatched.of(source);
        try {
            copyPages(ReadOnlyConnection.IMMUTABLE);
        } catch (SQLException e) {
            if (!before.equals(Unwatched.of(source))) {
                return unsettled();
            }
            throw e;
        }
        return before.equals(Unwatched.of(source)) || unsettled();
    }

    private boolean unsettled() {
        unsettled++;
        return false;
    }

    /** Copies the file as it is: a read transaction keeps writers out of it, as long as there is no WAL. */
    private void copyPages(String parameters) throws SQLException, IOException {
        try (RawFile database = RawFile.open(source.path());
                Connection connection = ReadOnlyConnection.open(source.path(), parameters, BUSY_MILLIS)) {
            ReadOnlyConnection.beginRead(connection);
            int pageSize = Math.toIntExact(ReadOnlyConnection.pragma(connection, "page_size"));
            long pages = ReadOnlyConnection.pragma(connection, "page_count");
            fingerprint = Optional.of(PageCopy.of(database, pageSize, pages, target));
        }
    }

    /**
     * The driver copies all pages in one call that cannot be interrupted: an interrupted caller leaves it to a thread
     * that ends with the copy.
     */
    private boolean online() throws SQLException {
        BackgroundTask<@Nullable Void> copying = BackgroundTask.begin("backup", () -> {
            try (Connection connection =
                    ReadOnlyConnection.open(source.path(), ReadOnlyConnection.SHARED, BUSY_MILLIS)) {
                ReadOnlyConnection.beginRead(connection);
                backup(connection, target);
            }
            return null;
        });
        try {
            copying.result(SQLException.class);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.interrupted();
        }
    }

    private static void backup(Connection connection, Path target) throws SQLException {
        DB database = connection.unwrap(SQLiteConnection.class).getDatabase();
        int code = database.backup(
                "main", target.toString(), null, PAUSE_MILLIS, BUSY_MILLIS / PAUSE_MILLIS, PAGES_A_STEP);
        if (Thread.currentThread().isInterrupted()) {
            throw Refusal.interrupted();
        }
        if (code == SQLiteErrorCode.SQLITE_OK.code) {
            return;
        }
        SQLException failure = DB.newSQLException(code, "online backup");
        if (fromWriting(code)) {
            throw Refusal.backupFailed(target, SqliteFailure.says(failure), failure);
        }
        throw failure;
    }

    /** Whether the error concerns the copy: the original is only read. */
    private static boolean fromWriting(int code) {
        SQLiteErrorCode extended = SQLiteErrorCode.getErrorCode(code);
        return switch (extended) {
            case SQLITE_FULL,
                    SQLITE_CANTOPEN,
                    SQLITE_READONLY,
                    SQLITE_PERM,
                    SQLITE_IOERR,
                    SQLITE_IOERR_WRITE,
                    SQLITE_IOERR_FSYNC,
                    SQLITE_IOERR_DIR_FSYNC,
                    SQLITE_IOERR_TRUNCATE,
                    SQLITE_IOERR_DELETE,
                    SQLITE_IOERR_CLOSE -> true;
            default -> false;
        };
    }

    /** What must not change while files without a lock are copied. */
    private record Unwatched(Facts facts, String journal) {
        static Unwatched of(SourceFile source) throws IOException {
            Path journal = source.journal();
            return new Unwatched(
                    Facts.of(source),
                    Files.exists(journal) ? Files.size(journal) + " " + Files.getLastModifiedTime(journal) : "");
        }
    }

    private boolean copyAndRecover() throws SQLException, IOException {
        SourceFile copy = new SourceFile(target);
        Unwatched before = Unwatched.of(source);
        take(source.path(), copy.path());
        take(source.wal(), copy.wal());
        take(source.journal(), copy.journal());
        if (!before.equals(Unwatched.of(source))) {
            return unsettled();
        }
        try (Connection connection = ReadOnlyConnection.connect(target, "mode=rw", 0);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("SELECT count(*) FROM sqlite_schema");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        return true;
    }

    private void take(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        try (RawFile file = RawFile.open(from)) {
            write(file, to);
        }
    }

    private void write(RawFile file, Path to) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (OutputStream out = Files.newOutputStream(to)) {
            long position = 0;
            int size = file.read(position, chunk, CHUNK_BYTES);
            while (size > 0) {
                if (Thread.currentThread().isInterrupted()) {
                    throw Refusal.interrupted();
                }
                out.write(chunk, 0, size);
                position += size;
                size = file.read(position, chunk, CHUNK_BYTES);
            }
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new FileSystemException(to.toString(), null, String.valueOf(e.getMessage()));
        }
    }

    /** What was copied before is not what is wanted. */
    private void forget() {
        fingerprint.ifPresent(ComingFingerprint::cancel);
        fingerprint = Optional.empty();
    }

    private void clear() throws IOException {
        forget();
        SourceFile copy = new SourceFile(target);
        Files.deleteIfExists(copy.path());
        Files.deleteIfExists(copy.wal());
        Files.deleteIfExists(copy.walIndex());
        Files.deleteIfExists(copy.journal());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.interrupted();
        }
    }
}
