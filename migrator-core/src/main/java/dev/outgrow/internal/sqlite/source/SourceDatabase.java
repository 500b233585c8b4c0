package dev.outgrow.internal.sqlite.source;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.plan.Backup;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The application's SQLite database: what was given, and how to get one unchanging state of it. Immutable. */
public final class SourceDatabase {
    private final Origin origin;

    private SourceDatabase(Origin origin) {
        this.origin = origin;
    }

    /** A database file. Nothing is opened yet. */
    public static SourceDatabase of(Path file) {
        return new SourceDatabase(new Origin.File(new SourceFile(file.toAbsolutePath())));
    }

    /**
     * The database that a JDBC URL of sqlite-jdbc names; of its parameters only those count that say which file it is.
     *
     * @throws IllegalArgumentException where it is no such URL; the text is not repeated, since it may hold a password
     */
    public static SourceDatabase of(String jdbcUrl) {
        return new SourceDatabase(Origin.of(jdbcUrl));
    }

    /** The database that a DataSource's connections see: a file, or one in memory. Nothing is opened yet. */
    public static SourceDatabase of(DataSource dataSource) {
        return new SourceDatabase(Origin.of(dataSource));
    }

    /**
     * Freezes the source for a run: copies it to where the backup belongs, or locks the original where there is none. The copy
     * is checked before it gets its name, and stays when the snapshot is closed.
     *
     * @throws MigrationException where the source is missing, unreadable, no database, damaged, incomplete or busy, or the
     *     backup cannot be written; nothing is left behind then
     */
    public Snapshot snapshot(Backup backup) {
        return take(backup, true);
    }

    /**
     * Freezes the source for a look at it: as {@link #snapshot}, but a copy is removed when the snapshot is closed. It lies in
     * the folder of the backup, or in that for temporary files where the former cannot be written to.
     *
     * @throws MigrationException as {@link #snapshot}
     */
    public Snapshot passingSnapshot(Backup backup) {
        return take(backup, false);
    }

    private Snapshot take(Backup backup, boolean keep) {
        try (Origin.Located located = origin.locate()) {
            return located.file().isPresent()
                    ? fileSnapshot(located.file().get(), backup, keep)
                    : BackupFile.ofMemory(located.connection().orElseThrow(), backup, keep);
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "connecting to the source");
        }
    }

    private static Snapshot fileSnapshot(SourceFile source, Backup backup, boolean keep) {
        DatabaseHeader header = Inspection.of(source);
        try {
            return backup.place() == Backup.Place.NOWHERE
                    ? checked(HeldOriginal.hold(source), source)
                    : BackupFile.of(source, backup, keep);
        } catch (SQLException e) {
            throw explained(e, source, header);
        } catch (IOException e) {
            throw Refusal.corrupt(source.path(), "the disk does not give its bytes.", e);
        }
    }

    private static Snapshot checked(Snapshot snapshot, SourceFile source) throws SQLException, IOException {
        try (Connection connection = snapshot.open()) {
            Damage.refuse(connection, source);
            return snapshot;
        } catch (SQLException | IOException | RuntimeException e) {
            snapshot.close();
            throw e;
        }
    }

    /** SQLite's "malformed" says as much as that; the length and the mode of the file say more. */
    private static MigrationException explained(SQLException e, SourceFile source, DatabaseHeader header) {
        MigrationException plain = SqliteFailure.of(e, "reading " + source.path());
        try {
            return switch (plain.reason()) {
                case SOURCE_CORRUPT -> Damage.of(source, header, SqliteFailure.says(e), e);
                case SOURCE_UNREADABLE -> Refusal.unreadable(source.path(), e);
                default -> plain;
            };
        } catch (IOException unreadable) {
            plain.addSuppressed(unreadable);
            return plain;
        }
    }

    /** The source as messages name it: the path of its file, or what else was given. */
    public String describe() {
        return origin.describe();
    }
}
