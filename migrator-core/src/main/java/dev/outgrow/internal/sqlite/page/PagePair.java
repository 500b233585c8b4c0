package dev.outgrow.internal.sqlite.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** The pages of two states of one database, neither of which anybody changes. */
record PagePair(PageFile now, PageFile then) implements AutoCloseable {
    /**
     * Opens both.
     *
     * @throws PageFormatException if one of them does not begin as a database does
     */
    static PagePair open(Path now, Path then) throws IOException, PageFormatException {
        PageFile later = PageFile.open(now);
        try {
            return new PagePair(later, PageFile.open(then));
        } catch (IOException | PageFormatException | RuntimeException e) {
            later.close();
            throw e;
        }
    }

    /**
     * Opens both.
     *
     * @throws PageFormatException if one of them does not begin as a database does, or their pages are not alike
     */
    static PagePair openAlike(Path now, Path then) throws IOException, PageFormatException {
        PagePair pair = open(now, then);
        if (!pair.areAlike()) {
            pair.close();
            throw new PageFormatException("pages of another size");
        }
        return pair;
    }

    /** Whether the pages of both are of one size, with as much of it in use. */
    boolean areAlike() {
        return now.pageSize() == then.pageSize() && now.usableSize() == then.usableSize();
    }

    /** Whether a page has the same bytes in both, of which one begins here and the other there. */
    boolean isSame(byte[] here, int start, byte[] there, int otherStart) {
        int size = now.pageSize();
        return Arrays.equals(here, start, start + size, there, otherStart, otherStart + size);
    }

    /** Ends the work of a thread that was interrupted. */
    static void demandGoingOn() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public void close() throws IOException {
        try (now) {
            then.close();
        }
    }
}
