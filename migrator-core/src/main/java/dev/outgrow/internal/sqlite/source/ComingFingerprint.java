package dev.outgrow.internal.sqlite.source;

import dev.outgrow.internal.background.BackgroundTask;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/**
 * The fingerprint of a copy, computed from its file by a thread of its own while the copy is written, and then while it
 * is already read: that takes longer than to copy. Safe for concurrent use.
 */
final class ComingFingerprint {
    private static final int CHUNK_BYTES = 1 << 20;

    /** A writer that is so far ahead waits: what it wrote must not have to be read from the disk. */
    private static final long MOST_AHEAD_BYTES = 1L << 28;

    private final Path copy;
    private final BackgroundTask<String> task;
    private long written;
    private long taken;

    /** What the thread does. */
    private interface Work {
        String by(ComingFingerprint coming) throws IOException, InterruptedException;
    }

    private ComingFingerprint(Path copy, Work work) {
        this.copy = copy;
        this.task = BackgroundTask.begin("fingerprint", () -> work.by(this));
    }

    /** Begins with a file that is to get so many bytes; {@link #written} says how many it has. */
    static ComingFingerprint following(Path copy, int pageSize, long bytes) {
        return new ComingFingerprint(copy, coming -> coming.follow(pageSize, bytes));
    }

    /** Begins with a file that is complete. */
    static ComingFingerprint of(Path copy) {
        return new ComingFingerprint(copy, coming -> Fingerprint.of(new SourceFile(copy)));
    }

    private String follow(int pageSize, long bytes) throws IOException, InterruptedException {
        Fingerprint fingerprint = new Fingerprint(pageSize);
        byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, bytes)];
        try (RandomAccessFile file = new RandomAccessFile(copy.toFile(), "r")) {
            long position = 0;
            while (position < bytes) {
                int length = (int) Math.min(CHUNK_BYTES, bytes - position);
                take(position, position + length);
                file.readFully(chunk, 0, length);
                fingerprint.take(chunk, position, length);
                position += length;
            }
            return fingerprint.text();
        } finally {
            take(Long.MAX_VALUE, 0);
        }
    }

    private synchronized void take(long position, long upTo) throws InterruptedException {
        taken = position;
        notifyAll();
        while (written < upTo) {
            wait();
        }
    }

    /** Says how many bytes the copy has. */
    synchronized void written(long bytes) throws InterruptedException {
        written = bytes;
        notifyAll();
        while (written - MOST_AHEAD_BYTES > taken) {
            wait();
        }
    }

    /** Whether {@link #text} does not have to wait. */
    boolean isKnown() {
        return task.isOver();
    }

    /**
     * Waits for it.
     *
     * @throws dev.outgrow.exception.MigrationException if the copy cannot be read, or the thread is interrupted
     */
    String text() {
        try {
            return task.result(IOException.class);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.interrupted();
        } catch (CancellationException e) {
            throw Refusal.interrupted();
        } catch (IOException | RuntimeException e) {
            throw Refusal.backupFailed(copy, String.valueOf(e.getMessage()), e);
        }
    }

    /** Ends it if it is still computed, so that the file is free. */
    void cancel() {
        task.close();
    }
}
