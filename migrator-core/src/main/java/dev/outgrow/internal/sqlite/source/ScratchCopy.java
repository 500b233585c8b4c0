package dev.outgrow.internal.sqlite.source;

import dev.outgrow.internal.sqlite.read.SqliteFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * A copy of a snapshot that belongs to us: it can be written to until it is frozen and read instead of the snapshot. It
 * is in a folder of its own and is removed when it is closed; the snapshot does not change.
 */
public final class ScratchCopy implements AutoCloseable {
    private static final String COPY = "reshaped";

    private final Snapshot snapshot;
    private final WorkFolder work;
    private final List<WorkFolder> others = new ArrayList<>();
    private final Path path;

    private ScratchCopy(Snapshot snapshot, WorkFolder work, Path path) {
        this.snapshot = snapshot;
        this.work = work;
        this.path = path;
    }

    /**
     * Copies a snapshot.
     *
     * @param snapshot the snapshot, which must stay open longer than the copy
     * @throws dev.outgrow.exception.MigrationException if the copy cannot be written
     */
    public static ScratchCopy of(Snapshot snapshot) {
        WorkFolder work = folder(snapshot, COPY);
        boolean made = false;
        try {
            Path path = work.resolve(COPY);
            if (snapshot.isCopy()) {
                Files.copy(snapshot.path(), path);
            } else {
                try (Connection connection = snapshot.open()) {
                    SourceCopier.copy(connection, path);
                }
            }
            ScratchCopy scratch = new ScratchCopy(snapshot, work, path);
            made = true;
            return scratch;
        } catch (IOException e) {
            throw Refusal.backupFailed(work.resolve(COPY), e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "copying the snapshot");
        } finally {
            if (!made) {
                work.close();
            }
        }
    }

    /** A second copy may be made beside our own copy, but nothing beside the original. */
    private static WorkFolder folder(Snapshot snapshot, String name) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path beside = WorkFolder.outside(snapshot.path().toAbsolutePath());
        if (snapshot.isCopy() && Files.isWritable(beside)) {
            try {
                return WorkFolder.in(beside, name);
            } catch (IOException elsewhere) {
                System.getLogger(ScratchCopy.class.getName())
                        .log(System.Logger.Level.DEBUG, "No folder beside the snapshot; the temporary one is taken.");
            }
        }
        try {
            return WorkFolder.in(temporary, name);
        } catch (IOException e) {
            throw Refusal.backupFailed(temporary, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** A connection that writes only to the copy: it attaches no other file. */
    public Connection openToWrite() throws SQLException {
        Connection connection = ReadOnlyConnection.connect(path, "mode=rw", 0);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA journal_mode = DELETE");
            statement.execute("PRAGMA synchronous = OFF");
            SQLiteConnection sqlite = (SQLiteConnection) connection;
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, Integer.MAX_VALUE);
            AppDefinitions.collations(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection to a new, empty file beside the copy, which is removed with it. */
    public Connection openBeside(String name) throws SQLException {
        WorkFolder other = folder(snapshot, name);
        others.add(other);
        return ReadOnlyConnection.connect(other.resolve(name), "mode=rwc", 0);
    }

    /** The copy as it is now, to be read instead of the snapshot: it has the same source and the same backup. */
    public Snapshot frozen() {
        try {
            return snapshot.readFrom(new ScratchFile(), Files.size(path));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }

    private final class ScratchFile implements Snapshot.FrozenFile {
        @Override
        public Path path() {
            return path;
        }

        @Override
        public Connection open() throws SQLException {
            return ReadOnlyConnection.openImmutable(path);
        }

        @Override
        public boolean isCopy() {
            return true;
        }

        @Override
        public Optional<Path> complete() {
            snapshot.complete();
            return snapshot.backup();
        }

        @Override
        public void release() {
            ScratchCopy.this.close();
        }
    }

    @Override
    public void close() {
        others.forEach(WorkFolder::close);
        work.close();
    }
}
