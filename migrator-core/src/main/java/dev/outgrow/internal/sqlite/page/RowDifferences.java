package dev.outgrow.internal.sqlite.page;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * The rows of a table that do not have the same bytes in two states of a database, neither of which anybody changes. A row is
 * the same if both states have its rowid with the same record, wherever on their pages it lies: then SQLite gives the same values
 * for it. Not safe for concurrent use.
 */
public final class RowDifferences implements AutoCloseable {
    private static final int PIECE = 1 << 13;

    /** How a row differs. */
    public enum Kind {
        /** Only the later state has it. */
        ADDED,
        /** Only the earlier state has it. */
        GONE,
        /** Both have it, with other bytes. */
        OTHER
    }

    /** Is told of each row that differs, in the order of the rowids. */
    @FunctionalInterface
    public interface Visitor {
        void row(long rowid, Kind kind) throws SQLException;
    }

    private final PagePair pages;
    private final OverflowChain here;
    private final OverflowChain there;
    private final byte[] one = new byte[PIECE];
    private final byte[] other = new byte[PIECE];

    private RowDifferences(PagePair pages) {
        this.pages = pages;
        this.here = new OverflowChain(pages.now());
        this.there = new OverflowChain(pages.then());
    }

    /**
     * Opens both.
     *
     * @throws PageFormatException if one of them does not begin as a database does, or their pages are not alike
     */
    public static RowDifferences of(Path now, Path then) throws IOException, PageFormatException {
        return new RowDifferences(PagePair.openAlike(now, then));
    }

    /**
     * Searches a table.
     *
     * @param root the first page of its tree, the same in both states
     * @return how many rows the later state has
     * @throws PageFormatException if something does not follow the format; then what was told so far does not count
     * @throws InterruptedException if the thread was interrupted
     */
    public long search(long root, Visitor visitor)
            throws IOException, PageFormatException, SQLException, InterruptedException {
        return search(root, root, visitor);
    }

    /**
     * Searches a table that may have moved, as VACUUM moves it.
     *
     * @param root the first page of its tree in the later state
     * @param former likewise in the earlier state
     * @return how many rows the later state has
     * @throws PageFormatException as {@link #search(long, Visitor)}
     * @throws InterruptedException likewise
     */
    public long search(long root, long former, Visitor visitor)
            throws IOException, PageFormatException, SQLException, InterruptedException {
        Search search = new Search(root, former, visitor);
        search.begin();
        while (search.isOpen()) {
            search.step();
        }
        return search.rows;
    }

    /**
     * A search. Its steps are methods of their own because the just-in-time compiler would compile all that one loop does anew each
     * time that something turns up which it had not seen yet.
     */
    private final class Search {
        private final TableTree later;
        private final TableTree earlier;
        private final Visitor visitor;
        private boolean inLater;
        private boolean inEarlier;
        private long rows;

        Search(long root, long former, Visitor visitor) {
            this.later = new TableTree(pages.now(), root);
            this.earlier = new TableTree(pages.then(), former);
            this.visitor = visitor;
        }

        void begin() throws IOException, PageFormatException {
            later.seek(Long.MIN_VALUE);
            earlier.seek(Long.MIN_VALUE);
            inLater = later.next();
            inEarlier = earlier.next();
        }

        boolean isOpen() {
            return inLater || inEarlier;
        }

        void step() throws IOException, PageFormatException, SQLException, InterruptedException {
            int order = !inLater ? 1 : !inEarlier ? -1 : Long.compare(later.rowid(), earlier.rowid());
            if (order == 0) {
                if (later.isFirst() && earlier.isFirst()) {
                    leaf();
                }
                if (!isSameRecord(later, earlier)) {
                    visitor.row(later.rowid(), Kind.OTHER);
                }
                rows++;
                inLater = later.next();
                inEarlier = earlier.next();
            } else {
                alone(order < 0);
            }
        }

        /** If the leaves are the same, goes to their last rows. */
        private void leaf() throws PageFormatException, InterruptedException {
            PagePair.demandGoingOn();
            if (isSameLeaf(later, earlier) && later.passLeaf() && earlier.passLeaf()) {
                rows += later.rowsOnLeaf() - 1;
            }
        }

        private void alone(boolean ofLater) throws IOException, PageFormatException, SQLException {
            if (ofLater) {
                visitor.row(later.rowid(), Kind.ADDED);
                rows++;
                inLater = later.next();
            } else {
                visitor.row(earlier.rowid(), Kind.GONE);
                inEarlier = earlier.next();
            }
        }
    }

    private boolean isSameLeaf(TableTree later, TableTree earlier) {
        return pages.isSame(later.bytes(), later.leafStart(), earlier.bytes(), earlier.leafStart());
    }

    private boolean isSameRecord(TableTree later, TableTree earlier) throws IOException, PageFormatException {
        int size = later.payloadSize();
        if (size != earlier.payloadSize()
                || !Arrays.equals(
                        later.bytes(),
                        later.payload(),
                        later.payload() + later.localSize(),
                        earlier.bytes(),
                        earlier.payload(),
                        earlier.payload() + earlier.localSize())) {
            return false;
        }
        return size == later.localSize() || isSameOverflow(later, earlier, size - later.localSize());
    }

    private boolean isSameOverflow(TableTree later, TableTree earlier, int size)
            throws IOException, PageFormatException {
        here.begin(later);
        here.skip(later.localSize());
        there.begin(earlier);
        there.skip(earlier.localSize());
        int left = size;
        while (left > 0) {
            int piece = Math.min(left, PIECE);
            here.read(one, 0, piece);
            there.read(other, 0, piece);
            if (!Arrays.equals(one, 0, piece, other, 0, piece)) {
                return false;
            }
            left -= piece;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
