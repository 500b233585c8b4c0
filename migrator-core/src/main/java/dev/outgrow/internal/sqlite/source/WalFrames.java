package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The pages in a WAL, each in its newest committed version. To be made while nobody can write.
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
    private Commit last;

    /**
     * The last commit in a WAL. A different one means another commit, unless the WAL was restarted.
     *
     * @param header of the WAL, in hex: its salts differ after each restart
     * @param end the position after it
     * @param pages how many pages the database has after it; 0 if nothing was committed
     * @param sum0 the running checksum of all before the end
     * @param sum1 its other half
     */
    record Commit(String header, long end, long pages, int sum0, int sum1) {}

    private WalFrames(RawFile file, byte[] start, Optional<Commit> known) throws IOException {
        this.file = file;
        ByteBuffer header = ByteBuffer.wrap(start);
        this.checksumOrder = (header.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        this.pageSize = header.getInt(8);
        this.salts = header.getLong(16);
        add(start, 0, FRAME_HEADER_BYTES);
        boolean sound = sum0 == header.getInt(24)
                && sum1 == header.getInt(28)
                && pageSize >= DatabaseHeader.SMALLEST_PAGE
                && pageSize <= DatabaseHeader.LARGEST_PAGE
                && Integer.bitCount(pageSize) == 1;
        String text = HexFormat.of().formatHex(start);
        Commit nothing = new Commit(text, HEADER_BYTES, 0, sum0, sum1);
        this.last = known.filter(commit -> commit.header().equals(text)).orElse(nothing);
        if (sound) {
            readFrames();
        }
    }

    /** The frames of a WAL; empty if there is none, or if it is empty. */
    static Optional<WalFrames> open(Path wal) throws IOException {
        return open(wal, Optional.empty());
    }

    /**
     * The last commit in a WAL.
     *
     * @param known a commit that was seen there before: only what follows it is read
     * @return empty if there is no WAL, or if it is empty
     */
    static Optional<Commit> lastCommit(Path wal, Optional<Commit> known) throws IOException {
        Optional<WalFrames> frames = open(wal, known);
        if (frames.isEmpty()) {
            return Optional.empty();
        }
        try (WalFrames open = frames.get()) {
            return Optional.of(open.last);
        }
    }

    private static Optional<WalFrames> open(Path wal, Optional<Commit> known) throws IOException {
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
            return Optional.of(new WalFrames(file, header, known));
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
        long position = last.end();
        sum0 = last.sum0();
        sum1 = last.sum1();
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
                long pages = Integer.toUnsignedLong(bytes.getInt(4));
                last = new Commit(last.header(), position + frame.length, pages, sum0, sum1);
            }
            position += frame.length;
        }
    }

    /** How many pages the database has, including the WAL; empty if nothing was committed to the WAL. */
    Optional<Long> pages() {
        return last.pages() == 0 ? Optional.empty() : Optional.of(last.pages());
    }

    /** Replaces pages that were read from this position of the database by those of the WAL. */
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
