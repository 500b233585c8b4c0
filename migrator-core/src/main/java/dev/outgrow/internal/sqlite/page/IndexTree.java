package dev.outgrow.internal.sqlite.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The b-tree of an index, walked in its order. Not safe for concurrent use.
 *
 * @see <a href="https://sqlite.org/fileformat2.html#b_tree_pages">SQLite, "Database File Format", section 1.6</a>
 */
final class IndexTree {
    private static final int INTERIOR = 2;
    private static final int INTERIOR_HEADER = 12;
    private static final int LEAF = 10;
    private static final int LEAF_HEADER = 8;
    private static final int POINTER = 4;

    /** More levels than a file of the greatest size can have. */
    private static final int MOST_LEVELS = 40;

    /** Longer entries are left to SQLite. */
    private static final int LONGEST_ENTRY = 1 << 20;

    /** A page on the way down. */
    private static final class Step {
        private final byte[] page;
        private boolean leaf;
        private int cells;

        /** The next cell. */
        private int cell;

        /** Whether the child before that cell comes first. */
        private boolean childFirst;

        private Step(int pageSize) {
            // A varint at the very end of a page is read before its length is known.
            page = new byte[pageSize + 2 * Long.BYTES];
        }

        private int at(int index) {
            return Bytes.unsignedShort(page, (leaf ? LEAF_HEADER : INTERIOR_HEADER) + 2 * index);
        }
    }

    private final PageFile file;
    private final PageWindow window;
    private final int usable;
    private final List<Step> steps = new ArrayList<>();
    private final byte[] overflow;
    private byte[] gathered = {};
    private long left;
    private int level;
    private byte[] bytes = {};
    private int start;
    private int end;

    IndexTree(PageFile file, long root) throws IOException, PageFormatException {
        this.file = file;
        this.window = new PageWindow(file);
        this.usable = file.usableSize();
        this.overflow = new byte[file.pageSize()];
        // No tree has more pages than the file: one that leads back to itself ends there.
        this.left = file.pages();
        enter(root);
    }

    private void enter(long page) throws IOException, PageFormatException {
        check(level < MOST_LEVELS && left-- > 0);
        if (level == steps.size()) {
            steps.add(new Step(file.pageSize()));
        }
        Step step = steps.get(level++);
        System.arraycopy(window.bytes(), window.move(page), step.page, 0, file.pageSize());
        step.leaf = step.page[0] == LEAF;
        check(step.leaf || step.page[0] == INTERIOR);
        step.cells = Bytes.unsignedShort(step.page, 3);
        step.cell = 0;
        step.childFirst = !step.leaf;
        check((step.leaf ? LEAF_HEADER : INTERIOR_HEADER) + 2 * step.cells <= usable);
    }

    /** Moves to the next entry, and returns whether there is one. */
    boolean next() throws IOException, PageFormatException {
        while (level > 0) {
            Step step = steps.get(level - 1);
            if (step.childFirst) {
                step.childFirst = false;
                enter(Bytes.unsignedInt(step.page, step.cell < step.cells ? cell(step, step.cell) : LEAF_HEADER));
            } else if (step.cell < step.cells) {
                open(step, step.cell++);
                step.childFirst = !step.leaf;
                return true;
            } else {
                level--;
            }
        }
        return false;
    }

    private int cell(Step step, int index) throws PageFormatException {
        int at = step.at(index);
        check(at >= LEAF_HEADER && at + POINTER <= usable);
        return at;
    }

    private void open(Step step, int index) throws IOException, PageFormatException {
        int at = cell(step, index) + (step.leaf ? 0 : POINTER);
        long size = Bytes.varint(step.page, at);
        check(size > 0 && size <= LONGEST_ENTRY);
        at += Bytes.varintLength(step.page, at);
        int local = local((int) size);
        check(at + local <= usable);
        if (local == size) {
            bytes = step.page;
            start = at;
            end = at + local;
        } else {
            gather(step.page, at, local, (int) size);
        }
    }

    /** How much of an entry stands on its page ("B-tree Cell Format", section 1.6). */
    private int local(int size) {
        int most = (usable - 12) * 64 / 255 - 23;
        if (size <= most) {
            return size;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        int wanted = least + (size - least) % (usable - POINTER);
        return wanted <= most ? wanted : least;
    }

    private void gather(byte[] page, int at, int local, int size) throws IOException, PageFormatException {
        check(at + local + POINTER <= usable);
        if (gathered.length < size + Long.BYTES * 2) {
            gathered = new byte[size + Long.BYTES * 2];
        }
        System.arraycopy(page, at, gathered, 0, local);
        long next = Bytes.unsignedInt(page, at + local);
        for (int done = local; done < size; ) {
            file.read(next, 1, overflow);
            int piece = Math.min(size - done, usable - POINTER);
            System.arraycopy(overflow, POINTER, gathered, done, piece);
            next = Bytes.unsignedInt(overflow, 0);
            done += piece;
        }
        bytes = gathered;
        start = 0;
        end = size;
    }

    /** Whether the current entry is the first of a leaf. */
    boolean isFirstOfLeaf() {
        Step step = steps.get(level - 1);
        return step.leaf && step.cell == 1;
    }

    /** The page on which the current entry is. */
    byte[] page() {
        return steps.get(level - 1).page;
    }

    /** Moves to the last entry of the current leaf, unless one of them continues on another page. */
    boolean passLeaf() throws IOException, PageFormatException {
        Step step = steps.get(level - 1);
        for (int i = 0; i < step.cells; i++) {
            long size = Bytes.varint(step.page, cell(step, i));
            if (size <= 0 || size > LONGEST_ENTRY || local((int) size) != size) {
                return false;
            }
        }
        step.cell = step.cells;
        open(step, step.cells - 1);
        return true;
    }

    /** What holds the current entry's record. */
    byte[] bytes() {
        return bytes;
    }

    /** Where it begins. */
    int start() {
        return start;
    }

    /** Where it ends. */
    int end() {
        return end;
    }

    private static void check(boolean sound) throws PageFormatException {
        if (!sound) {
            throw new PageFormatException("a page of an index's tree");
        }
    }
}
