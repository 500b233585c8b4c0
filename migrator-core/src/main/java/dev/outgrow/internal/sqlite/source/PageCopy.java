package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Copies the pages of a database that nobody writes to meanwhile. */
final class PageCopy {
    private static final int CHUNK_BYTES = 1 << 20;

    /** Is told how many bytes are written. */
    private interface Told {
        void written(long bytes) throws InterruptedException;
    }

    private PageCopy() {}

    /**
     * Copies.
     *
     * @return the fingerprint of the copy, which may take longer
     * @throws FileSystemException if the copy cannot be written
     * @throws dev.outgrow.exception.MigrationException if the thread is interrupted
     */
    static ComingFingerprint of(RawFile database, int pageSize, long pages, Path target) throws IOException {
        long end = pages * pageSize;
        try (OutputStream out = Files.newOutputStream(target)) {
            ComingFingerprint fingerprint = ComingFingerprint.following(target, pageSize, end);
            boolean copied = false;
            try {
                copy(database, end, out, target, fingerprint::written);
                copied = true;
                return fingerprint;
            } finally {
                if (!copied) {
                    fingerprint.cancel();
                }
            }
        }
    }

    /**
     * Copies without a fingerprint.
     *
     * @param end how many bytes; what the database lacks of them is blank
     * @throws FileSystemException if the copy cannot be written
     * @throws dev.outgrow.exception.MigrationException if the thread is interrupted
     */
    static void plain(RawFile database, long end, Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            copy(database, end, out, target, bytes -> {});
        }
    }

    private static void copy(RawFile database, long end, OutputStream out, Path target, Told told) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, end)];
        try {
            for (long position = 0; position < end; position += chunk.length) {
                if (Thread.currentThread().isInterrupted()) {
                    throw Refusal.interrupted();
                }
                int length = (int) Math.min(chunk.length, end - position);
                Arrays.fill(chunk, database.read(position, chunk, length), length, (byte) 0);
                write(out, chunk, length, target);
                told.written(position + length);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.interrupted();
        }
    }

    private static void write(OutputStream out, byte[] chunk, int length, Path target) throws IOException {
        try {
            out.write(chunk, 0, length);
        } catch (IOException e) {
            throw new FileSystemException(target.toString(), null, String.valueOf(e.getMessage()));
        }
    }
}
