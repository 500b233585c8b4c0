package dev.outgrow.internal.sqlite.source;

import dev.outgrow.internal.sqlite.read.SqliteFailure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One state of the source that does not change while this is open: a copy, or the original under a lock. Safe for concurrent
 * use; each connection it opens is its caller's, who closes it before this.
 */
public final class Snapshot implements AutoCloseable {
    /** How a connection to it is made. */
    interface Opener {
        Connection open() throws SQLException;
    }

    private final Path path;
    private final String fingerprint;
    private final long sizeBytes;
    private final Optional<Path> backup;
    private final Opener opener;
    private final Runnable release;

    Snapshot(Path path, String fingerprint, long sizeBytes, Optional<Path> backup, Opener opener, Runnable release) {
        this.path = path;
        this.fingerprint = fingerprint;
        this.sizeBytes = sizeBytes;
        this.backup = backup;
        this.opener = opener;
        this.release = release;
    }

    /** The file that is read. */
    public Path path() {
        return path;
    }

    /** The copy that stays when this is closed. */
    public Optional<Path> backup() {
        return backup;
    }

    /**
     * What tells this state from every other: 64 hexadecimal digits, the same for each snapshot of an unchanged source,
     * whether it is a copy or not.
     */
    public String fingerprint() {
        return fingerprint;
    }

    /** How many bytes the pages of the database take. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /**
     * A new connection that can only read, and sees this state.
     *
     * @throws dev.outgrow.exception.MigrationException where the file cannot be opened, or was changed by somebody who does
     *     not respect its locks
     */
    public Connection open() {
        try {
            return opener.open();
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "opening " + path);
        }
    }

    /** Lets go of the original, or removes a copy that was not to be kept. */
    @Override
    public void close() {
        release.run();
    }
}
