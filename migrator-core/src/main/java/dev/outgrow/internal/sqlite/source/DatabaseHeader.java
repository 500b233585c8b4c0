package dev.outgrow.internal.sqlite.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first hundred bytes of a database file. Immutable.
 *
 * @param pageSize bytes in a page
 * @param writeVersion 1 for a rollback journal, 2 for a WAL
 * @param readVersion the same for readers; more than 2 is a format of the future
 * @param changeCounter incremented by each transaction outside WAL mode
 * @param pageCount pages in the file, if {@link #knowsPageCount()}
 * @param schemaFormat 1 to 4; 0 for a database without a table
 * @param textEncoding 1 for UTF-8, 2 and 3 for UTF-16, little and big endian; 0 for a database without a table
 * @param versionValidFor the change counter at which the page count was written
 * @see <a href="https://sqlite.org/fileformat2.html#the_database_header">SQLite, "Database File Format", section 1.3</a>
 */
record DatabaseHeader(
        int pageSize,
        int writeVersion,
        int readVersion,
        int changeCounter,
        long pageCount,
        int schemaFormat,
        int textEncoding,
        int versionValidFor) {
    /** How many bytes the header has. */
    static final int BYTES = 100;

    /** The smallest page size. */
    static final int SMALLEST_PAGE = 512;

    /** The greatest page size, which the header writes as 1. */
    static final int LARGEST_PAGE = 65536;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** Whether these bytes begin as a database does. */
    static boolean isDatabase(byte[] start) {
        return start.length >= BYTES && Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Reads the header; {@link #isDatabase} must hold. */
    static DatabaseHeader of(byte[] start) {
        ByteBuffer bytes = ByteBuffer.wrap(start);
        int pageSize = Short.toUnsignedInt(bytes.getShort(16));
        return new DatabaseHeader(
                pageSize == 1 ? LARGEST_PAGE : pageSize,
                bytes.get(18),
                bytes.get(19),
                bytes.getInt(24),
                Integer.toUnsignedLong(bytes.getInt(28)),
                bytes.getInt(44),
                bytes.getInt(56),
                bytes.getInt(92));
    }

    /** Whether the page size is valid. */
    boolean sound() {
        return pageSize >= SMALLEST_PAGE && Integer.bitCount(pageSize) == 1;
    }

    /** Whether the database is in WAL mode. */
    boolean wal() {
        return readVersion == 2;
    }

    /** The encoding as {@code PRAGMA encoding} has it. */
    String encodingName() {
        return switch (textEncoding) {
            case 2 -> "UTF-16le";
            case 3 -> "UTF-16be";
            default -> "UTF-8";
        };
    }

    /** Whether {@link #pageCount()} is valid: versions before 3.7.0 did not maintain it. */
    boolean knowsPageCount() {
        return pageCount > 0 && changeCounter == versionValidFor;
    }

    /**
     * Blanks out what may differ between two copies of the same content: WAL mode, the counters that a copy or a
     * checkpoint changes, the page count (the length says it), the schema cookie, and the version of SQLite that wrote
     * last.
     */
    static void blankCounters(byte[] start) {
        Arrays.fill(start, 18, 20, (byte) 0);
        Arrays.fill(start, 24, 32, (byte) 0);
        Arrays.fill(start, 40, 44, (byte) 0);
        Arrays.fill(start, 92, BYTES, (byte) 0);
    }
}
