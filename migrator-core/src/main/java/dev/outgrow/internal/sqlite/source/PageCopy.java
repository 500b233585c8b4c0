package dev.outgrow.internal.sqlite.source;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Copies the pages of a database that nobody writes to meanwhile. Another thread reads them and computes their
 * fingerprint, which takes about as long as writing them.
 */
final class PageCopy {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int CHUNKS = 3;

    private final RawFile database;
    private final Fingerprint fingerprint;
    private final long end;
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(CHUNKS);
    private final BlockingQueue<byte[]> filled = new ArrayBlockingQueue<>(CHUNKS + 1);

    private PageCopy(RawFile database, int pageSize, long pages) {
        this.database = database;
        this.fingerprint = new Fingerprint(pageSize);
        this.end = pages * pageSize;
        for (int i = 0; i < CHUNKS; i++) {
            free.add(new byte[(int) Math.min(CHUNK_BYTES, end)]);
        }
    }

    /**
     * Copies.
     *
     * @return the fingerprint of the pages
     * @throws FileSystemException if the copy cannot be written
     * @throws dev.outgrow.exception.MigrationException if the thread is interrupted
     */
    static String of(RawFile database, int pageSize, long pages, Path target) throws IOException {
        return new PageCopy(database, pageSize, pages).copied(target);
    }

    /**
     * Copies without a fingerprint, by one thread.
     *
     * @param end how many bytes; what the database lacks of them is blank
     * @throws FileSystemException if the copy cannot be written
     * @throws dev.outgrow.exception.MigrationException if the thread is interrupted
     */
    static void plain(RawFile database, long end, Path target) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, end)];
        try (OutputStream out = Files.newOutputStream(target)) {
            for (long position = 0; position < end; position += chunk.length) {
                if (Thread.currentThread().isInterrupted()) {
                    throw Refusal.interrupted();
                }
                int length = (int) Math.min(chunk.length, end - position);
                Arrays.fill(chunk, database.read(position, chunk, length), length, (byte) 0);
                write(out, chunk, length, target);
            }
        }
    }

    private String copied(Path target) throws IOException {
        FutureTask<String> reading = new FutureTask<>(reading());
        Thread thread = new Thread(reading, "outgrow-fingerprint");
        thread.setDaemon(true);
        try (OutputStream out = Files.newOutputStream(target)) {
            thread.start();
            long position = 0;
            while (position < end) {
                byte[] chunk = filled.take();
                if (chunk.length == 0) {
                    break;
                }
                int length = lengthAt(position);
                write(out, chunk, length, target);
                position += length;
                free.add(chunk);
                if (Thread.currentThread().isInterrupted()) {
                    throw Refusal.interrupted();
                }
            }
            return reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            thread.interrupt();
            Uninterruptibles.joinUninterruptibly(thread);
        }
    }

    /** What another thread does: an empty chunk says that there will be no more. */
    private Callable<String> reading() {
        return () -> {
            try {
                long position = 0;
                while (position < end) {
                    byte[] chunk = free.take();
                    int length = lengthAt(position);
                    Arrays.fill(chunk, database.read(position, chunk, length), length, (byte) 0);
                    filled.add(chunk);
                    // Only this thread fills it again.
                    fingerprint.take(chunk, position, length);
                    position += length;
                }
            } finally {
                filled.add(new byte[0]);
            }
            return fingerprint.text();
        };
    }

    private int lengthAt(long position) {
        return (int) Math.min(CHUNK_BYTES, end - position);
    }

    private static void write(OutputStream out, byte[] chunk, int length, Path target) throws IOException {
        try {
            out.write(chunk, 0, length);
        } catch (IOException e) {
            throw new FileSystemException(target.toString(), null, String.valueOf(e.getMessage()));
        }
    }
}
