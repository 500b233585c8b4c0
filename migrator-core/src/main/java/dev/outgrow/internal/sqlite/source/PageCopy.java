package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Copies the pages of a database that nobody writes to meanwhile; another thread computes their fingerprint on the way.
 */
final class PageCopy {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int CHUNKS = 3;

    private PageCopy() {}

    /**
     * Copies.
     *
     * @return the fingerprint of the pages
     * @throws FileSystemException if the copy cannot be written
     * @throws dev.outgrow.exception.MigrationException if the thread is interrupted
     */
    static String of(RawFile database, int pageSize, long pages, Path target) throws IOException {
        Fingerprint fingerprint = new Fingerprint(pageSize);
        ExecutorService hashing = Executors.newSingleThreadExecutor(PageCopy::thread);
        try (OutputStream out = Files.newOutputStream(target)) {
            byte[][] chunks = new byte[CHUNKS][CHUNK_BYTES];
            @Nullable Future<?>[] taken = new Future<?>[CHUNKS];
            long end = pages * pageSize;
            int next = 0;
            for (long position = 0; position < end; position += CHUNK_BYTES) {
                await(taken[next]);
                byte[] chunk = chunks[next];
                int length = (int) Math.min(CHUNK_BYTES, end - position);
                int size = database.read(position, chunk, length);
                Arrays.fill(chunk, size, length, (byte) 0);
                write(out, chunk, length, target);
                long at = position;
                taken[next] = hashing.submit(() -> fingerprint.take(chunk, at, length));
                next = (next + 1) % CHUNKS;
            }
            for (@Nullable Future<?> last : taken) {
                await(last);
            }
        } finally {
            hashing.shutdownNow();
        }
        return fingerprint.text();
    }

    private static void write(OutputStream out, byte[] chunk, int length, Path target) throws IOException {
        try {
            out.write(chunk, 0, length);
        } catch (IOException e) {
            throw new FileSystemException(target.toString(), null, String.valueOf(e.getMessage()));
        }
    }

    private static void await(@Nullable Future<?> task) {
        try {
            if (task != null) {
                task.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        if (Thread.currentThread().isInterrupted()) {
            throw Refusal.interrupted();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "outgrow-fingerprint");
        thread.setDaemon(true);
        return thread;
    }
}
