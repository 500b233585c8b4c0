package dev.outgrow.internal.sqlite.source;

import static com.google.common.base.Preconditions.checkArgument;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.option.Backup;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** The application's SQLite database: what the caller gave, and how to get one unchanging state of it. Immutable. */
public final class SourceDatabase {
    private final GivenSource given;

    private SourceDatabase(GivenSource given) {
        this.given = given;
    }

    /**
     * A database file. Nothing is opened yet.
     *
     * @throws IllegalArgumentException if it is in a file system of Java's own, such as a zip, in which SQLite opens nothing
     */
    public static SourceDatabase of(Path file) {
        checkArgument(
                file.getFileSystem().equals(FileSystems.getDefault()),
                "%s is not a file of the operating system, and SQLite opens no other: copy it to the disk first",
                file);
        return new SourceDatabase(new GivenSource.ByPath(file.toAbsolutePath()));
    }

    /**
     * The database that a JDBC URL of sqlite-jdbc names; of its parameters only those that identify the file count.
     *
     * @throws IllegalArgumentException if it is not such a URL; the message does not repeat it, since it may hold a
     *     password
     */
    public static SourceDatabase of(String jdbcUrl) {
        return new SourceDatabase(GivenSource.of(jdbcUrl));
    }

    /** The database that a DataSource's connections see: a file, or one in memory. Nothing is opened yet. */
    public static SourceDatabase of(DataSource dataSource) {
        return new SourceDatabase(GivenSource.of(dataSource));
    }

    /**
     * Freezes the source for a run: copies it to the place of the backup, or locks the original if there is to be none.
     * The copy is checked before it gets its name, and stays when the snapshot is closed.
     *
     * @throws MigrationException if the source is missing, unreadable, not a database, damaged, incomplete or busy, or
     *     the backup cannot be written; then nothing is left behind
     */
    public Snapshot snapshot(Backup backup) {
        return completed(begin(backup, true));
    }

    /**
     * Freezes the source temporarily: like {@link #snapshot}, but a copy is removed when the snapshot is closed. It is
     * in the folder of the backup, or in the folder for temporary files if the former is not writable.
     *
     * @throws MigrationException as {@link #snapshot}
     */
    public Snapshot passingSnapshot(Backup backup) {
        return completed(begin(backup, false));
    }

    /**
     * A file of ours that nobody changes and that has no WAL: a backup, or one that is being made. It is read in place.
     *
     * @throws MigrationException if it is not a database, or cannot be read
     */
    public static Snapshot unchanging(Path file) {
        SourceFile source = SourceFile.at(file);
        try {
            Inspection.of(source);
            return unchanging(source.path(), Fingerprint.of(source));
        } catch (IOException e) {
            throw Damage.explained(e, source);
        }
    }

    /** The same for a file whose fingerprint was just computed. */
    public static Snapshot unchanging(Path file, String fingerprint) {
        try {
            return new Snapshot(new UnchangingFile(file), fingerprint, Files.size(file));
        } catch (IOException e) {
            throw Damage.explained(e, new SourceFile(file));
        }
    }

    private static Snapshot completed(Snapshot snapshot) {
        try {
            snapshot.complete();
            return snapshot;
        } catch (RuntimeException e) {
            snapshot.close();
            throw e;
        }
    }

    /**
     * Freezes the source; the caller {@linkplain Snapshot#complete() completes} it later. It can be read at once, while
     * it is checked.
     *
     * @param keep whether a copy stays when the snapshot is closed, as with {@link #snapshot}
     * @throws MigrationException as {@link #snapshot}, except for what only the check can find
     */
    public Snapshot begin(Backup backup, boolean keep) {
        try (GivenSource.Located located = given.locate()) {
            return located.file().isPresent()
                    ? fileSnapshot(located.file().get(), backup, keep)
                    : BackupFile.ofMemory(located.connection().orElseThrow(), backup, keep)
                            .watchedBy(this::demandStillInMemory);
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "connecting to the source");
        }
    }

    private static Snapshot fileSnapshot(SourceFile source, Backup backup, boolean keep) {
        Inspection.of(source);
        boolean copied = backup.place() != Backup.Place.NOWHERE;
        try {
            OtherNames.refuse(source);
            Stillness stillness = FileStillness.of(source, copied);
            boolean taken = false;
            try {
                Snapshot snapshot = copied ? BackupFile.of(source, backup, keep) : OriginalInPlace.hold(source);
                taken = true;
                return snapshot.watchedBy(stillness);
            } finally {
                if (!taken) {
                    stillness.close();
                }
            }
        } catch (SQLException | IOException e) {
            throw Damage.explained(e, source);
        }
    }

    /** A database in memory does not show whether it was written to, so it is copied once more. */
    private void demandStillInMemory(String fingerprint, boolean mayBeWritten) {
        if (mayBeWritten) {
            return;
        }
        try (GivenSource.Located located = given.locate()) {
            if (located.connection().isPresent()) {
                try (Snapshot now = BackupFile.ofMemory(located.connection().get(), Backup.none(), false)) {
                    if (now.fingerprint().equals(fingerprint)) {
                        return;
                    }
                }
            }
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "connecting to the source");
        }
        throw Refusal.changed(describe(), "somebody wrote to it", true, null);
    }

    /**
     * The place of the backup, as far as that is known before anything is opened; empty if there will be none, or if
     * only a connection knows the place.
     */
    public Optional<Path> backupPlace(Backup backup) {
        Optional<Path> beside = given instanceof GivenSource.ByPath named
                ? Optional.of(BackupFile.beside(SourceFile.at(named.given()).path()))
                : Optional.empty();
        return switch (backup.place()) {
            case BESIDE -> beside;
            case PATH -> backup.path();
            case NOWHERE -> Optional.empty();
        };
    }

    /**
     * The file of the source: its real path if it exists, else the path that was given.
     *
     * @return empty for a database in memory
     */
    public Optional<Path> file() {
        try (GivenSource.Located located = given.locate()) {
            return located.file().map(SourceFile::path);
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "connecting to the source");
        }
    }

    /**
     * Keeps writers out until the returned lock is closed. Writes nothing.
     *
     * @param patience how long writers may take to end
     * @throws MigrationException {@code SOURCE_BUSY} if they take longer; or as {@link #snapshot}
     * @throws IllegalStateException if it is not a file
     */
    public WriteLock freeze(Duration patience) {
        return WriteLock.take(
                SourceFile.at(file().orElseThrow(() -> new IllegalStateException("a database in memory"))), patience);
    }

    /** The source as messages name it: the path of its file, with the target of a link; or whatever else was given. */
    public String describe() {
        return given.describe();
    }
}
