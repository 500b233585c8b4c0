package dev.outgrow.internal.sqlite.source;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One state of the source that does not change while this is open: a copy, or the original under a lock. It can be read
 * at once, while it is still being checked; code that acts on what was read must {@linkplain #complete() complete} it
 * first. Safe for concurrent use, except for completing and closing; callers close the connections that they open
 * before they close this.
 */
public final class Snapshot implements AutoCloseable {
    /** The file that holds one state of the source: read, then finished, then released. */
    interface FrozenFile {
        /** The file that is currently read. */
        Path path();

        Connection open() throws SQLException;

        /** Whether the file is a copy that nobody changes and that has no WAL, so that its pages are all there is to read. */
        boolean isCopy();

        /**
         * Waits for the check, and gives a permanent copy its name.
         *
         * @return the permanent copy
         */
        Optional<Path> complete();

        void release();
    }

    private final FrozenFile file;
    private final String known;
    private final @Nullable ComingFingerprint coming;
    private final long sizeBytes;
    private Optional<Path> backup = Optional.empty();
    private boolean complete;
    private Stillness stillness = Stillness.UNASKED;
    private volatile Consumer<Connection> opened = connection -> {};

    Snapshot(FrozenFile file, String fingerprint, long sizeBytes) {
        this(file, fingerprint, null, sizeBytes);
    }

    Snapshot(FrozenFile file, ComingFingerprint fingerprint, long sizeBytes) {
        this(file, "", fingerprint, sizeBytes);
    }

    private Snapshot(FrozenFile file, String known, @Nullable ComingFingerprint coming, long sizeBytes) {
        this.file = file;
        this.known = known;
        this.coming = coming;
        this.sizeBytes = sizeBytes;
    }

    /** This snapshot with a way to ask whether its source has changed; closed together with it. */
    Snapshot watchedBy(Stillness watch) {
        stillness = watch;
        return this;
    }

    /** The file that is read. */
    public Path path() {
        return file.path();
    }

    /** The permanent copy; known once this is complete. */
    public Optional<Path> backup() {
        return backup;
    }

    /**
     * Identifies this state: 64 hexadecimal digits, the same for each snapshot of an unchanged source, whether it is a
     * copy or not. For a copy, this may wait for it.
     *
     * @throws MigrationException if the copy cannot be read, or the thread is interrupted
     */
    public String fingerprint() {
        return coming == null ? known : coming.text();
    }

    /** The fingerprint; empty if that would mean waiting, or if there is none. */
    public Optional<String> fingerprintIfKnown() {
        if (coming == null) {
            return Optional.of(known);
        }
        try {
            return coming.isKnown() ? Optional.of(coming.text()) : Optional.empty();
        } catch (MigrationException e) {
            return Optional.empty();
        }
    }

    /** Whether the file is a copy that nobody changes. */
    boolean isCopy() {
        return file.isCopy();
    }

    /** The same state of the source, read from elsewhere. */
    Snapshot readFrom(FrozenFile other, long bytes) {
        Snapshot moved = new Snapshot(other, known, coming, bytes)
                .watchedBy((content, mayBeWritten) -> stillness.demand(content, mayBeWritten));
        moved.tell(opened);
        return moved;
    }

    /** Sets the listener for each connection that is opened from now on. */
    public void tell(Consumer<Connection> listener) {
        opened = listener;
    }

    /** The size of the database in bytes. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /**
     * A new connection that can only read, and sees this state.
     *
     * @throws MigrationException if the file cannot be opened, or was changed by somebody who does not respect its
     *     locks
     */
    public Connection open() {
        try {
            Connection connection = file.open();
            opened.accept(connection);
            return connection;
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "opening " + path());
        }
    }

    /**
     * A new connection for reading rows.
     *
     * @param encoding of its text
     * @throws MigrationException as {@link #open()}
     */
    public RowSource open(TextEncoding encoding) {
        Connection connection = open();
        return file.isCopy() ? RowSource.of(connection, encoding, file.path()) : RowSource.of(connection, encoding);
    }

    /**
     * Reads rows directly from the pages, besides a connection that is open already.
     *
     * @param encoding of its text
     * @return empty unless the file is a copy that nobody changes
     */
    public Optional<RowSource> pages(Connection connection, TextEncoding encoding) {
        return file.isCopy() ? Optional.of(RowSource.of(connection, encoding, file.path())) : Optional.empty();
    }

    /**
     * Waits until the pages are known to be consistent, and a permanent copy is on the disk under its name. Does
     * nothing if that was done before.
     *
     * @throws MigrationException if the source is damaged or incomplete, the copy cannot be kept, or the thread is
     *     interrupted
     */
    public void complete() {
        if (!complete) {
            backup = file.complete();
            complete = true;
        }
    }

    /**
     * Checks that the source is still what this holds.
     *
     * @param mayBeWritten whether the caller allows writes to it, so that there is nothing to check; an original that
     *     is read in place must never be written to
     * @throws MigrationException if something was committed to the source since, or another file is in its place
     */
    public void demandStill(boolean mayBeWritten) {
        stillness.demand(fingerprint(), mayBeWritten);
    }

    /**
     * What to throw for a failure while this was read. If the original that is read has changed, or the pages are
     * inconsistent, that is thrown, since it is the cause of everything else.
     */
    public RuntimeException causeOf(RuntimeException failure) {
        if (failure instanceof MigrationException known
                && (known.reason() == Reason.INTERRUPTED || known.reason() == Reason.SOURCE_CHANGED)) {
            return failure;
        }
        try {
            demandStill(true);
            complete();
            return failure;
        } catch (MigrationException damage) {
            if (damage != failure) {
                damage.addSuppressed(failure);
            }
            return damage;
        }
    }

    /** Releases the original, or removes a temporary copy. */
    @Override
    public void close() {
        try {
            file.release();
        } finally {
            stillness.close();
        }
    }
}
