package dev.outgrow.internal.sqlite.page;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A database file that nobody changes and that has no WAL, read page by page. Not safe for concurrent use: each reader
 * has its own.
 *
 * @see <a href="https://sqlite.org/fileformat2.html#pages">SQLite, "Database File Format", section 1.2</a>
 */
public final class PageFile implements AutoCloseable {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 100;
    private static final int SMALLEST_USABLE = 480;

    private final RandomAccessFile file;
    private final int pageSize;
    private final int usableSize;
    private final long pages;

    private PageFile(RandomAccessFile file, int pageSize, int usableSize, long pages) {
        this.file = file;
        this.pageSize = pageSize;
        this.usableSize = usableSize;
        this.pages = pages;
    }

    /**
     * Opens a file.
     *
     * @throws PageFormatException if it does not begin as a database does
     */
    public static PageFile open(Path path) throws IOException, PageFormatException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        try {
            byte[] header = new byte[HEADER_BYTES];
            int size = file.read(header);
            int pageSize = Short.toUnsignedInt(ByteBuffer.wrap(header).getShort(16));
            pageSize = pageSize == 1 ? 1 << 16 : pageSize;
            int usable = pageSize - Byte.toUnsignedInt(header[20]);
            if (size < HEADER_BYTES
                    || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                    || Integer.bitCount(pageSize) != 1
                    || usable < SMALLEST_USABLE) {
                throw new PageFormatException("no database header");
            }
            return new PageFile(file, pageSize, usable, file.length() / pageSize);
        } catch (IOException | PageFormatException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    int pageSize() {
        return pageSize;
    }

    /** How many there are. */
    long pages() {
        return pages;
    }

    /** The bytes of a page that are SQLite's; extensions may reserve the others. */
    int usableSize() {
        return usableSize;
    }

    /**
     * Reads pages that follow one another.
     *
     * @param first the number of the first; the file begins with page 1
     * @param most how many are wanted
     * @return how many there are
     */
    int read(long first, int most, byte[] into) throws IOException, PageFormatException {
        if (first < 1 || first > pages) {
            throw new PageFormatException("page " + first + " of " + pages);
        }
        int count = (int) Math.min(most, pages - first + 1);
        file.seek((first - 1) * pageSize);
        file.readFully(into, 0, count * pageSize);
        return count;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
