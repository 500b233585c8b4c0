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

/**
 * One state of the source that does not change while this is open: a copy, or the original under a lock. It can be read at
 * once, while it is still being checked; whoever is about to act on what was read {@linkplain #complete() completes} it first.
 * Safe for concurrent use, but for completing and closing; each connection it opens is its caller's, who closes it before
 * this.
 */
public final class Snapshot implements AutoCloseable {
    /** The file that holds one state of the source: read, then finished, then let go of. */
    interface FrozenFile {
        /** The file that is read at the moment. */
        Path path();

        Connection open() throws SQLException;

        /** Whether the file is a copy that nobody changes and that has no WAL, so that its pages are all there is to read. */
        boolean isCopy();

        /**
         * Waits for the check, and gives a copy that stays its name.
         *
         * @return the copy that stays
         */
        Optional<Path> complete();

        void release();
    }

    private final FrozenFile file;
    private final String fingerprint;
    private final long sizeBytes;
    private Optional<Path> backup = Optional.empty();
    private boolean complete;
    private Stillness stillness = Stillness.UNASKED;
    private volatile Consumer<Connection> opened = connection -> {};

    Snapshot(FrozenFile file, String fingerprint, long sizeBytes) {
        this.file = file;
        this.fingerprint = fingerprint;
        this.sizeBytes = sizeBytes;
    }

    /** This one, which asks whether its source keeps still, and lets go of who answers that when it is closed. */
    Snapshot watchedBy(Stillness watch) {
        stillness = watch;
        return this;
    }

    /** The file that is read. */
    public Path path() {
        return file.path();
    }

    /** The copy that stays when this is closed; known once this is complete. */
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

    /** Whether the file is a copy that nobody changes. */
    boolean isCopy() {
        return file.isCopy();
    }

    /** The same state of the source, read from elsewhere. */
    Snapshot readFrom(FrozenFile other, long bytes) {
        Snapshot moved = new Snapshot(other, fingerprint, bytes)
                .watchedBy((content, mayBeWritten) -> stillness.demand(content, mayBeWritten));
        moved.tell(opened);
        return moved;
    }

    /** Tells this listener, instead of another, of each connection that is opened from now on. */
    public void tell(Consumer<Connection> listener) {
        opened = listener;
    }

    /** How many bytes the pages of the database take. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /**
     * A new connection that can only read, and sees this state.
     *
     * @throws MigrationException where the file cannot be opened, or was changed by somebody who does not respect its locks
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
     * Likewise, to read rows.
     *
     * @param encoding of its text
     * @throws MigrationException as {@link #open()}
     */
    public RowSource open(TextEncoding encoding) {
        Connection connection = open();
        return file.isCopy() ? RowSource.of(connection, encoding, file.path()) : RowSource.of(connection, encoding);
    }

    /**
     * Waits until it is known that the pages hold together, and that a copy that stays is on the disk under its name. Does
     * nothing where that was done.
     *
     * @throws MigrationException where the source is damaged or incomplete, the copy cannot be kept, or the thread is
     *     interrupted
     */
    public void complete() {
        if (!complete) {
            backup = file.complete();
            complete = true;
        }
    }

    /**
     * Whether the source still is what this has.
     *
     * @param mayBeWritten whether the caller knows that it is written to, so that nobody need ask; where the original itself
     *     is read it may not be in any case
     * @throws MigrationException where something was committed to the source since, or another file is in its place
     */
    public void demandStill(boolean mayBeWritten) {
        stillness.demand(fingerprint, mayBeWritten);
    }

    /**
     * What to throw for a failure while this was read: where the original is read and has changed, or the pages do not hold
     * together, that, since it is the cause of whatever else went wrong.
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

    /** Lets go of the original, or removes a copy that was not to be kept. */
    @Override
    public void close() {
        try {
            file.release();
        } finally {
            stillness.close();
        }
    }
}
