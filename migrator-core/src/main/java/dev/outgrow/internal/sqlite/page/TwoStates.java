package dev.outgrow.internal.sqlite.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Two states of one database, neither of which anybody changes. A tree whose pages have the same bytes in both holds
 * the same rows in both, so they need not be read: a search for writes starts with the trees that differ. Not safe for
 * concurrent use.
 *
 * @see <a href="https://sqlite.org/fileformat2.html#b_tree_pages">SQLite, "Database File Format", section 1.6</a>
 */
public final class TwoStates implements AutoCloseable {
    private static final int INDEX_INTERIOR = 2;
    private static final int TABLE_INTERIOR = 5;
    private static final int INDEX_LEAF = 10;
    private static final int TABLE_LEAF = 13;
    private static final int INTERIOR_HEADER = 12;
    private static final int LEAF_HEADER = 8;
    private static final int RIGHTMOST = 8;
    private static final int POINTER = 4;

    private final PagePair pages;
    private final int usable;
    private final byte[] here;
    private final byte[] there;
    private final Deque<Long> children = new ArrayDeque<>();
    private long left;

    private TwoStates(PagePair pages) {
        this.pages = pages;
        this.usable = pages.now().usableSize();
        // A varint at the very end of a page is read before its length is known.
        this.here = new byte[pages.now().pageSize() + 2 * Long.BYTES];
        this.there = new byte[pages.now().pageSize() + 2 * Long.BYTES];
    }

    /**
     * Opens both.
     *
     * @throws PageFormatException if one of them does not begin as a database does
     */
    public static TwoStates of(Path now, Path then) throws IOException, PageFormatException {
        return new TwoStates(PagePair.open(now, then));
    }

    /**
     * Whether the rows of a tree may have changed: whether any of its pages differs, and those on which its long values go on.
     *
     * @param root its first page, the same in both states; a tree that has moved may have changed
     */
    public boolean mayDiffer(long root) throws IOException {
        if (!pages.areAlike()) {
            return true;
        }
        try {
            // No tree has more pages than the file: one that leads back to itself ends here.
            left = pages.now().pages();
            children.clear();
            children.push(root);
            while (!children.isEmpty()) {
                if (differs(children.pop()) || cellsDiffer()) {
                    return true;
                }
            }
            return false;
        } catch (PageFormatException e) {
            return true;
        }
    }

    /** Reads a page of both. */
    private boolean differs(long page) throws IOException, PageFormatException {
        if (left-- <= 0 || page > pages.then().pages()) {
            return true;
        }
        pages.now().read(page, 1, here);
        pages.then().read(page, 1, there);
        return !pages.isSame(here, 0, there, 0);
    }

    /** Keeps the children of the page that was read, and follows its long values. */
    private boolean cellsDiffer() throws IOException, PageFormatException {
        int type = here[0];
        boolean interior = type == INDEX_INTERIOR || type == TABLE_INTERIOR;
        check(interior || type == INDEX_LEAF || type == TABLE_LEAF);
        int header = interior ? INTERIOR_HEADER : LEAF_HEADER;
        int cells = Bytes.unsignedShort(here, 3);
        check(header + 2 * cells <= usable);
        if (interior) {
            children.push(Bytes.unsignedInt(here, RIGHTMOST));
        }
        Deque<long[]> chains = new ArrayDeque<>();
        for (int i = 0; i < cells; i++) {
            int at = Bytes.unsignedShort(here, header + 2 * i);
            check(at >= header && at + POINTER <= usable);
            if (interior) {
                children.push(Bytes.unsignedInt(here, at));
                at += POINTER;
            }
            if (type != TABLE_INTERIOR) {
                chain(at, type == TABLE_LEAF, chains);
            }
        }
        return chainsDiffer(chains);
    }

    private void chain(int cell, boolean table, Deque<long[]> chains) throws PageFormatException {
        long size = Bytes.varint(here, cell);
        check(size >= 0 && size <= Integer.MAX_VALUE);
        int at = cell + Bytes.varintLength(here, cell);
        if (table) {
            check(at < usable);
            at += Bytes.varintLength(here, at);
        }
        int most = table ? usable - 35 : (usable - 12) * 64 / 255 - 23;
        if (size <= most) {
            return;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        int wanted = (int) (least + (size - least) % (usable - POINTER));
        int local = wanted <= most ? wanted : least;
        check(at + local + POINTER <= usable);
        long pages = (size - local + usable - POINTER - 1) / (usable - POINTER);
        chains.push(new long[] {Bytes.unsignedInt(here, at + local), pages});
    }

    private boolean chainsDiffer(Deque<long[]> chains) throws IOException, PageFormatException {
        for (long[] chain : chains) {
            long page = chain[0];
            for (long i = 0; i < chain[1]; i++) {
                if (differs(page)) {
                    return true;
                }
                page = Bytes.unsignedInt(here, 0);
            }
        }
        return false;
    }

    private static void check(boolean sound) throws PageFormatException {
        if (!sound) {
            throw new PageFormatException("a page of a tree");
        }
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
