package dev.outgrow.option;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The frozen copy of the source that a migration reads from and keeps for the way back. Immutable.
 *
 * <p>A copy is written under a temporary name and gets its own name when it is whole and checked, so that a partial
 * copy is never taken for a backup. Nothing is ever overwritten.
 */
public final class Backup {
    /** Where the copy is kept. More may be added. */
    public enum Place {
        /** In the folder of the source. */
        BESIDE,
        /** At a path that the caller gave. */
        PATH,
        /** Nowhere: there is no copy. */
        NOWHERE
    }

    private static final Backup BESIDE = new Backup(Place.BESIDE, null);
    private static final Backup NONE = new Backup(Place.NOWHERE, null);

    private final Place place;
    private final @Nullable Path path;

    private Backup(Place place, @Nullable Path path) {
        this.place = place;
        this.path = path;
    }

    /**
     * A copy in the folder of the source, which needs as much room again: {@code app.db.outgrow-backup} for {@code
     * app.db}. If that file exists with the same content, it is used again; if it holds something else, the copy is
     * called {@code app.db.outgrow-backup-2}, and so on. The default. For a database in memory this is like {@link
     * #none()}: there is no folder to keep anything in.
     */
    public static Backup beside() {
        return BESIDE;
    }

    /**
     * A copy at that path. If a file exists there with the same content, it is used again; if it holds something else,
     * the migration stops before anything is written.
     *
     * @param path the file to write; its folder must be there
     */
    public static Backup to(Path path) {
        return new Backup(Place.PATH, Objects.requireNonNull(path, "path"));
    }

    /**
     * No copy. The original itself is read, under a lock that keeps writers out until the migration ends: SQLite tells
     * an app that writes meanwhile that the database is locked. A database in WAL mode that nobody has open is locked
     * as a whole, so that other processes cannot read it either. If the process may not write to the file, it cannot
     * lock it; then a change by another process stops the migration, and so does a change by a process that ignores
     * locks. A database whose app was killed is refused, since reading it means recovering it first, which writes.
     */
    public static Backup none() {
        return NONE;
    }

    /** Where the copy is kept. */
    public Place place() {
        return place;
    }

    /** The path that was given; present only for {@link Place#PATH}. */
    public Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Backup backup && place == backup.place && Objects.equals(path, backup.path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(place, path);
    }

    @Override
    public String toString() {
        return switch (place) {
            case BESIDE -> "backup beside the source";
            case PATH -> "backup to " + path;
            case NOWHERE -> "no backup";
        };
    }
}
