package dev.outgrow.internal.sqlite.source;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The state of a file before its snapshot was taken, and whether that still holds. {@link Facts} answer at once if
 * nothing was touched. Otherwise the content is read again and compared with the fingerprint of the snapshot, so that
 * neither a checkpoint nor a rolled back transaction counts as a change. The database stays open from the first look to
 * the last: closing it would drop the locks that the application's own connections hold on it in this process.
 */
final class FileStillness implements Stillness {
    private static final int ATTEMPTS = 20;
    private static final int PAUSE_MILLIS = 100;

    /** The clocks of file systems have a resolution of some milliseconds, within which two writes get the same time. */
    private static final Duration TICK = Duration.ofMillis(20);

    private final SourceFile source;
    private final boolean copied;
    private final RawFile open;
    private Facts facts;

    private FileStillness(SourceFile source, boolean copied, RawFile open) throws IOException {
        this.source = source;
        this.copied = copied;
        this.open = open;
        this.facts = Facts.of(source);
    }

    /**
     * Records the state of a file before its snapshot is taken.
     *
     * @param copied whether the snapshot is a copy; for an original that is read in place, only its content counts
     */
    static Stillness of(SourceFile source, boolean copied) throws IOException {
        if (Files.getLastModifiedTime(source.path())
                .toInstant()
                .isAfter(Instant.now().minus(TICK))) {
            pause(TICK.toMillis());
        }
        RawFile open = RawFile.open(source.path());
        try {
            return new FileStillness(source, copied, open);
        } catch (IOException e) {
            open.close();
            throw e;
        }
    }

    @Override
    public void demand(String fingerprint, boolean mayBeWritten) {
        if (copied && mayBeWritten) {
            return;
        }
        try {
            compare(fingerprint);
        } catch (NoSuchFileException e) {
            throw changed("it is no longer there", e);
        } catch (IOException e) {
            throw changed("it cannot be read any more", e);
        } catch (MigrationException e) {
            throw e.reason() == Reason.INTERRUPTED || e.reason() == Reason.SOURCE_CHANGED
                    ? e
                    : changed("it is no longer the database that it was", e);
        }
    }

    private void compare(String fingerprint) throws IOException {
        SourceFile now = SourceFile.at(source.given());
        if (!now.path().equals(source.path()) && !RawFile.key(now.path()).equals(facts.file())) {
            throw changed("its path leads to another file now, " + now.path(), null);
        }
        Facts seen = Facts.of(source, facts.commit());
        if (copied && seen.equals(facts)) {
            return;
        }
        if (seen.sameCommit(facts) && seen.sizeBytes() < facts.sizeBytes()) {
            throw changed("it was cut off", null);
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (holds(fingerprint, seen)) {
                facts = seen;
                return;
            }
            Facts after = Facts.of(source, seen.commit());
            if (after.equals(seen)) {
                throw changed(
                        seen.file().equals(facts.file()) ? "somebody wrote to it" : "another file was put in its place",
                        null);
            }
            seen = after;
            pause(PAUSE_MILLIS);
        }
        throw changed("somebody keeps writing to it", null);
    }

    private boolean holds(String fingerprint, Facts seen) throws IOException {
        try {
            return Fingerprint.now(source).equals(fingerprint);
        } catch (SQLException e) {
            int code = SqliteFailure.primaryCode(e);
            boolean amidATransaction = code == SQLiteErrorCode.SQLITE_BUSY.code
                    || code == SQLiteErrorCode.SQLITE_LOCKED.code
                    || code == SQLiteErrorCode.SQLITE_READONLY.code;
            if (!amidATransaction) {
                throw SqliteFailure.of(e, "reading " + source.name());
            }
            // A process in the middle of a transaction, or killed there, has not committed it.
            return seen.sameCommit(facts) && seen.sizeBytes() >= facts.sizeBytes();
        }
    }

    private MigrationException changed(String how, @Nullable Throwable cause) {
        return Refusal.changed(source.name(), how, copied, cause);
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            open.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close " + source.name(), e);
        }
    }
}
