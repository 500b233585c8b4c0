package dev.outgrow.internal.sqlite.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The b-tree of a table that has rowids, walked in their order. Not safe for concurrent use.
 *
 * @see <a href="https://sqlite.org/fileformat2.html#b_tree_pages">SQLite, "Database File Format", section 1.6</a>
 */
final class TableTree {
    private static final int INTERIOR = 5;
    private static final int INTERIOR_HEADER = 12;
    private static final int LEAF = 13;
    private static final int LEAF_HEADER = 8;

    /** More levels than a file of the greatest size can have. */
    private static final int MOST_LEVELS = 40;

    /** An interior page on the way down, and which of its children is walked. */
    private static final class Step {
        private final byte[] page;
        private int cells;
        private int child;

        private Step(int pageSize) {
            page = new byte[pageSize + Long.BYTES];
        }

        private long key(int cell) {
            return Bytes.varint(page, cell(cell) + 4);
        }

        private int cell(int cell) {
            return Bytes.unsignedShort(page, INTERIOR_HEADER + 2 * cell);
        }

        private long childPage() {
            return Bytes.unsignedInt(page, child < cells ? cell(child) : LEAF_HEADER);
        }
    }

    private final PageFile file;
    private final long root;
    private final int usable;
    private final PageWindow window;
    private final List<Step> steps = new ArrayList<>();
    private int level;
    private int page;
    private int cells;
    private int cell;

    /** The previous row, so that a tree that leads back to itself is noticed. */
    private long walked;

    private boolean walking;
    private long rowid;
    private int payload;
    private int payloadSize;
    private int localSize;

    /**
     * A walk through the tree; {@link #seek} says where it begins.
     *
     * @param root its page, as {@code sqlite_schema} tells it
     */
    TableTree(PageFile file, long root) {
        this.file = file;
        this.root = root;
        this.usable = file.usableSize();
        this.window = new PageWindow(file);
    }

    /** Positions before the first row whose rowid is at least this. */
    void seek(long least) throws IOException, PageFormatException {
        level = 0;
        walking = false;
        descend(root, least);
    }

    private void descend(long from, long least) throws IOException, PageFormatException {
        long number = from;
        while (true) {
            page = window.move(number);
            byte[] bytes = window.bytes();
            int type = bytes[page];
            cells = Bytes.unsignedShort(bytes, page + 3);
            if (type == LEAF) {
                check(LEAF_HEADER + 2 * cells <= usable);
                cell = firstAtLeast(least);
                return;
            }
            check(type == INTERIOR && level < MOST_LEVELS && INTERIOR_HEADER + 2 * cells <= usable);
            number = enter(bytes, least);
        }
    }

    /** Remembers the current interior page, and returns the child that may hold the row. */
    private long enter(byte[] bytes, long least) throws PageFormatException {
        if (level == steps.size()) {
            steps.add(new Step(file.pageSize()));
        }
        Step step = steps.get(level++);
        System.arraycopy(bytes, page, step.page, 0, file.pageSize());
        step.cells = cells;
        int low = 0;
        int high = cells;
        while (low < high) {
            int middle = (low + high) >>> 1;
            check(step.cell(middle) + 4 < usable);
            if (step.key(middle) < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        step.child = low;
        return child(step);
    }

    private long child(Step step) throws PageFormatException {
        check(step.child == step.cells || step.cell(step.child) + 4 < usable);
        return step.childPage();
    }

    private int firstAtLeast(long least) throws PageFormatException {
        int low = 0;
        int high = cells;
        while (low < high) {
            int middle = (low + high) >>> 1;
            open(middle);
            if (rowid < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Moves to the next row, and returns whether there is one. */
    boolean next() throws IOException, PageFormatException {
        while (cell >= cells) {
            if (level == 0) {
                return false;
            }
            Step step = steps.get(level - 1);
            if (step.child == step.cells) {
                level--;
            } else {
                step.child++;
                descend(child(step), Long.MIN_VALUE);
            }
        }
        open(cell++);
        check(!walking || rowid > walked);
        walking = true;
        walked = rowid;
        return true;
    }

    /** Whether the current row is the first of its leaf. */
    boolean isFirst() {
        return cell == 1;
    }

    /** How many rows the current leaf has. */
    int rowsOnLeaf() {
        return cells;
    }

    /** Where the current leaf begins in {@link #bytes}. */
    int leafStart() {
        return page;
    }

    /** Whether no row of the current leaf continues on another page; the current row is its last afterwards. */
    boolean passLeaf() throws PageFormatException {
        boolean whole = true;
        for (int i = 0; i < cells; i++) {
            open(i);
            whole &= localSize == payloadSize;
        }
        if (whole) {
            cell = cells;
            walked = rowid;
        } else {
            open(cell - 1);
        }
        return whole;
    }

    private void open(int index) throws PageFormatException {
        byte[] bytes = window.bytes();
        int at = Bytes.unsignedShort(bytes, page + LEAF_HEADER + 2 * index);
        check(at >= LEAF_HEADER + 2 * cells && at < usable);
        at += page;
        long size = Bytes.varint(bytes, at);
        check(size >= 0 && size <= Integer.MAX_VALUE);
        at += Bytes.varintLength(bytes, at);
        rowid = Bytes.varint(bytes, at);
        payload = at + Bytes.varintLength(bytes, at);
        payloadSize = (int) size;
        localSize = localSize(payloadSize);
        int overflow = localSize < payloadSize ? 4 : 0;
        check(payload - page + localSize + overflow <= usable);
    }

    /** How much of a payload stands on the leaf ("B-tree Cell Format", section 1.6). */
    private int localSize(int size) {
        if (size <= usable - 35) {
            return size;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        int wanted = least + (size - least) % (usable - 4);
        return wanted <= usable - 35 ? wanted : least;
    }

    private static void check(boolean sound) throws PageFormatException {
        if (!sound) {
            throw new PageFormatException("a page of a table's tree");
        }
    }

    long rowid() {
        return rowid;
    }

    /** What holds the row's payload, or the beginning of it. */
    byte[] bytes() {
        return window.bytes();
    }

    /** Where it begins. */
    int payload() {
        return payload;
    }

    /** All of it. */
    int payloadSize() {
        return payloadSize;
    }

    /** The part of it on this page; the rest is in a chain of pages, the first of which follows. */
    int localSize() {
        return localSize;
    }
}
