package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pages that stand in a WAL, each in its newest committed version. Made while nobody can write.
 *
 * @see <a href="https://sqlite.org/fileformat2.html#the_write_ahead_log">SQLite, "Database File Format", section 4</a>
 */
final class WalFrames implements AutoCloseable {
    private static final int HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 24;
    private static final int MAGIC = 0x377f0682;

    private final RawFile file;
    private final int pageSize;
    private final ByteOrder checksumOrder;
    private final long salts;
    private final Map<Long, Long> positions = new HashMap<>();
    private int sum0;
    private int sum1;

    private WalFrames(RawFile file, byte[] start) throws IOException {
        this.file = file;
        ByteBuffer header = ByteBuffer.wrap(start);
        this.checksumOrder = (header.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        this.pageSize = header.getInt(8);
        this.salts = header.getLong(16);
        add(start, 0, FRAME_HEADER_BYTES);
        if (sum0 == header.getInt(24) && sum1 == header.getInt(28)) {
            readFrames();
        }
    }

    /** The frames of a WAL; empty where there is none, or nothing in it. */
    static Optional<WalFrames> open(Path wal) throws IOException {
        if (!Files.exists(wal) || Files.size(wal) < HEADER_BYTES) {
            return Optional.empty();
        }
        RawFile file = RawFile.open(wal);
        byte[] header = new byte[HEADER_BYTES];
        if (file.read(0, header, HEADER_BYTES) < HEADER_BYTES
                || (ByteBuffer.wrap(header).getInt(0) & ~1) != MAGIC) {
            file.close();
            return Optional.empty();
        }
        try {
            return Optional.of(new WalFrames(file, header));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Frames count as long as their salts and their running checksum are right, and up to the last commit. */
    private void readFrames() throws IOException {
        byte[] frame = new byte[FRAME_HEADER_BYTES + pageSize];
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        Map<Long, Long> transaction = new HashMap<>();
        long position = HEADER_BYTES;
        while (file.read(position, frame, frame.length) == frame.length && bytes.getLong(8) == salts) {
            add(frame, 0, 8);
            add(frame, FRAME_HEADER_BYTES, pageSize);
            if (sum0 != bytes.getInt(16) || sum1 != bytes.getInt(20)) {
                break;
            }
            transaction.put(Integer.toUnsignedLong(bytes.getInt(0)), position + FRAME_HEADER_BYTES);
            if (bytes.getInt(4) != 0) {
                positions.putAll(transaction);
                transaction.clear();
            }
            position += frame.length;
        }
    }

    /** Puts the pages of the WAL in the place of those of the database that were read from this position. */
    void overlay(byte[] chunk, long start, int length) throws IOException {
        byte[] page = new byte[pageSize];
        for (int at = 0; at < length; at += pageSize) {
            Long position = positions.get((start + at) / pageSize + 1);
            if (position != null) {
                file.read(position, page, pageSize);
                System.arraycopy(page, 0, chunk, at, pageSize);
            }
        }
    }

    private void add(byte[] bytes, int from, int length) {
        ByteBuffer words = ByteBuffer.wrap(bytes, from, length).order(checksumOrder);
        for (int at = from; at < from + length; at += 8) {
            sum0 += words.getInt(at) + sum1;
            sum1 += words.getInt(at + 4) + sum0;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
