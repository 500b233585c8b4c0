package dev.outgrow.internal.sqlite.source;

import dev.outgrow.exception.MigrationException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The SHA-256 of a database's pages, without the counters in its header that copies and checkpoints change: the same
 * for the original, including its WAL, and for every snapshot of it; different as soon as a row or a rowid differs.
 */
final class Fingerprint {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int BUSY_MILLIS = 2000;

    /** The page with this byte is reserved for locks; what it holds is not content. */
    private static final long LOCK_BYTE = 0x40000000L;

    private final MessageDigest digest = sha256();
    private final int pageSize;

    /** A fingerprint of pages that come in chunks. */
    Fingerprint(int pageSize) {
        this.pageSize = pageSize;
    }

    /** Adds the next chunk, which stays as it is. */
    void take(byte[] chunk, long position, int length) {
        byte[] counted = chunk;
        if (position == 0) {
            counted = Arrays.copyOf(chunk, length);
            DatabaseHeader.blankCounters(counted);
        }
        if (position == LOCK_BYTE) {
            counted = Arrays.copyOf(chunk, length);
            Arrays.fill(counted, 0, Math.min(pageSize, length), (byte) 0);
        }
        digest.update(counted, 0, length);
    }

    /** The fingerprint, once all chunks were added. */
    String text() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The fingerprint of a file that nobody has open. */
    static String of(SourceFile file) throws IOException {
        DatabaseHeader header = DatabaseHeader.of(file.start(DatabaseHeader.BYTES));
        Optional<WalFrames> frames = WalFrames.open(file.wal());
        try (RawFile database = RawFile.open(file.path())) {
            long known = header.knowsPageCount() ? header.pageCount() : database.size() / header.pageSize();
            return of(
                    database,
                    header.pageSize(),
                    frames.flatMap(WalFrames::pages).orElse(known),
                    frames);
        } finally {
            if (frames.isPresent()) {
                frames.get().close();
            }
        }
    }

    /**
     * The fingerprint of what a database holds now, including its WAL. If others may write to it, it is read in one
     * transaction.
     *
     * @throws MigrationException if it cannot be read, or the thread is interrupted
     */
    static String now(SourceFile source) throws SQLException, IOException {
        return switch (FileSituation.of(source, true)) {
            case ROLLBACK, IN_USE -> {
                try (Connection connection =
                        ReadOnlyConnection.open(source.path(), ReadOnlyConnection.SHARED, BUSY_MILLIS)) {
                    ReadOnlyConnection.beginRead(connection);
                    yield seenBy(connection, source);
                }
            }
            case CUT_OFF, CLOSED -> of(source);
        };
    }

    /** The fingerprint of what a connection in a transaction sees. */
    static String seenBy(Connection connection, SourceFile source) throws SQLException, IOException {
        int pageSize = Math.toIntExact(ReadOnlyConnection.pragma(connection, "page_size"));
        long pages = ReadOnlyConnection.pragma(connection, "page_count");
        Optional<WalFrames> frames = WalFrames.open(source.wal());
        try (RawFile database = RawFile.open(source.path())) {
            return of(database, pageSize, pages, frames);
        } finally {
            if (frames.isPresent()) {
                frames.get().close();
            }
        }
    }

    /**
     * The fingerprint of this many pages of a file that nobody writes to meanwhile.
     *
     * @throws MigrationException if the thread is interrupted
     */
    static String of(RawFile database, int pageSize, long pages, Optional<WalFrames> wal) throws IOException {
        Fingerprint fingerprint = new Fingerprint(pageSize);
        byte[] chunk = new byte[CHUNK_BYTES];
        long end = pages * pageSize;
        for (long position = 0; position < end; position += CHUNK_BYTES) {
            if (Thread.currentThread().isInterrupted()) {
                throw Refusal.interrupted();
            }
            int length = (int) Math.min(CHUNK_BYTES, end - position);
            int size = database.read(position, chunk, length);
            Arrays.fill(chunk, size, length, (byte) 0);
            if (wal.isPresent()) {
                wal.get().overlay(chunk, position, length);
            }
            fingerprint.take(chunk, position, length);
        }
        return fingerprint.text();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
