package dev.outgrow.internal.sqlite.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The entries of an index in two states of a database, neither of which anybody changes. Not safe for concurrent use.
 */
public final class IndexDifferences implements AutoCloseable {
    private final PagePair pages;

    private IndexDifferences(PagePair pages) {
        this.pages = pages;
    }

    /**
     * Opens both.
     *
     * @throws PageFormatException if one of them does not begin as a database does, or their pages are not alike
     */
    public static IndexDifferences of(Path now, Path then) throws IOException, PageFormatException {
        return new IndexDifferences(PagePair.openAlike(now, then));
    }

    /**
     * Whether the later state has the entries of the earlier one, in the same order and no other, but for the given changes, all of
     * which were made.
     *
     * @param root the first page of the index, the same in both states
     * @param changes used up
     * @throws PageFormatException if something does not follow the format
     * @throws InterruptedException if the thread was interrupted
     */
    public boolean areOnly(long root, EntryChanges changes)
            throws IOException, PageFormatException, InterruptedException {
        return new Search(root, changes).run();
    }

    /** A search, with methods of its own for its steps, as in {@link RowDifferences}. */
    private final class Search {
        private final IndexTree later;
        private final IndexTree earlier;
        private final EntryChanges changes;
        private boolean inLater;
        private boolean inEarlier;

        Search(long root, EntryChanges changes) throws IOException, PageFormatException {
            this.later = new IndexTree(pages.now(), root);
            this.earlier = new IndexTree(pages.then(), root);
            this.changes = changes;
        }

        boolean run() throws IOException, PageFormatException, InterruptedException {
            changes.begin();
            inLater = later.next();
            inEarlier = earlier.next();
            while (inLater || inEarlier) {
                if (!step()) {
                    return false;
                }
            }
            return changes.areDone();
        }

        /** False if an entry differs that must not. */
        private boolean step() throws IOException, PageFormatException, InterruptedException {
            if (!inLater || !inEarlier || !isSame(later, earlier)) {
                return alone();
            }
            if (later.isFirstOfLeaf()) {
                leaf();
            }
            inLater = later.next();
            inEarlier = earlier.next();
            return true;
        }

        private boolean alone() throws IOException, PageFormatException {
            if (inLater && changes.takeAdded(later)) {
                inLater = later.next();
                return true;
            }
            if (inEarlier && changes.takeGone(earlier)) {
                inEarlier = earlier.next();
                return true;
            }
            return false;
        }

        /** If the leaves are the same, goes to their last entries. */
        private void leaf() throws IOException, PageFormatException, InterruptedException {
            PagePair.demandGoingOn();
            boolean passed = earlier.isFirstOfLeaf() && isSameLeaf(later, earlier) && later.passLeaf();
            if (passed && !earlier.passLeaf()) {
                throw new PageFormatException("two leaves with the same bytes that are not the same");
            }
        }
    }

    private static boolean isSame(IndexTree later, IndexTree earlier) {
        return Arrays.equals(
                later.bytes(), later.start(), later.end(), earlier.bytes(), earlier.start(), earlier.end());
    }

    private boolean isSameLeaf(IndexTree later, IndexTree earlier) {
        return pages.isSame(later.page(), 0, earlier.page(), 0);
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
