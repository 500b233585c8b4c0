package dev.outgrow.internal.sqlite.page;

import java.io.IOException;

/**
 * Consecutive pages of a file, read together as long as they are wanted in that order. The number hardly matters: 4 KiB
 * at a time took a tenth longer than 64 KiB, and a megabyte was no faster.
 */
final class PageWindow {
    private static final int BYTES = 1 << 16;

    /** So that a varint at the very end of a page can be read before its length is known. */
    private static final int SLACK = 16;

    private final PageFile file;
    private final byte[] bytes;
    private final int most;
    private long first;
    private int count;

    PageWindow(PageFile file) {
        this.file = file;
        this.most = Math.max(1, BYTES / file.pageSize());
        this.bytes = new byte[most * file.pageSize() + SLACK];
    }

    byte[] bytes() {
        return bytes;
    }

    /** Loads a page into the window if necessary, and returns the position where it begins. */
    int move(long page) throws IOException, PageFormatException {
        if (page < first || page >= first + count) {
            boolean onward = page == first + count;
            count = 0;
            count = file.read(page, onward ? most : 1, bytes);
            first = page;
        }
        return (int) (page - first) * file.pageSize();
    }
}
