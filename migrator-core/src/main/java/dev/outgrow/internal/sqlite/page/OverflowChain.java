package dev.outgrow.internal.sqlite.page;

import java.io.IOException;

/**
 * A payload that is larger than its leaf has room for, read from its beginning to its end.
 *
 * @see <a href="https://sqlite.org/fileformat2.html#cell_payload_overflow_pages">SQLite, "Database File Format", section
 *     1.7</a>
 */
final class OverflowChain {
    private static final int POINTER = 4;

    private final PageWindow window;
    private final int usable;
    private byte[] bytes = {};
    private int at;
    private int here;
    private long next;

    OverflowChain(PageFile file) {
        this.window = new PageWindow(file);
        this.usable = file.usableSize();
    }

    /** Starts at the payload of a tree's current row. */
    void begin(TableTree tree) {
        bytes = tree.bytes();
        at = tree.payload();
        here = tree.localSize();
        next = Bytes.unsignedInt(bytes, at + here);
    }

    /** Reads the next bytes; the caller knows that this many are left. */
    void read(byte[] into, int start, int length) throws IOException, PageFormatException {
        int done = 0;
        while (done < length) {
            int size = some(length - done);
            System.arraycopy(bytes, at, into, start + done, size);
            passed(size);
            done += size;
        }
    }

    /** Skips the next bytes. */
    void skip(int length) throws IOException, PageFormatException {
        int left = length;
        while (left > 0) {
            int size = some(left);
            passed(size);
            left -= size;
        }
    }

    /** How many of the wanted bytes follow one another here. */
    private int some(int wanted) throws IOException, PageFormatException {
        if (here == 0) {
            int page = window.move(next);
            bytes = window.bytes();
            next = Bytes.unsignedInt(bytes, page);
            at = page + POINTER;
            here = usable - POINTER;
        }
        return Math.min(wanted, here);
    }

    private void passed(int size) {
        at += size;
        here -= size;
    }
}
