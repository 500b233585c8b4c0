package dev.outgrow.internal.sqlite.page;

import dev.outgrow.typemap.internal.value.ValueSlot;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The rows of a table that has rowids, in their order, each value as SQLite would give it. Texts and blobs stay where
 * they are read: on the page, or, if they are gathered from other pages, in an array that the next record reuses. Large
 * ones get an array of their own. Not safe for concurrent use.
 *
 * @see <a href="https://sqlite.org/fileformat2.html#record_format">SQLite, "Database File Format", section 2.1</a>
 */
public final class TableRows {
    /** More than the type codes of the most columns that SQLite can be built for. */
    private static final int LONGEST_HEADER = 1 << 18;

    /** Up to this many bytes of a record are gathered from other pages into a reused array. */
    private static final int GATHERED_BYTES = 1 << 16;

    private static final int FIRST_BLOB = 12;

    /** How many bytes a value takes, by its type code; 10 and 11 are SQLite's own. */
    private static final int[] SIZES = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, -1, -1};

    private final TableTree tree;
    private final OverflowChain chain;
    private final ValueSlot[] slots;
    private final int[] slotOfField;
    private final boolean[] real;
    private final Optional<UnaryOperator<byte[]>> transcoding;
    private final int fieldsWanted;
    private final byte[] number = new byte[Long.BYTES];
    private byte[] header = new byte[256];
    private byte[] gathered = {};

    /**
     * The rows of a table.
     *
     * @param root the first page of its tree, as {@code sqlite_schema} tells it
     * @param slotOfField which slot takes each field of its records, or -1
     * @param real which of the fields have REAL affinity: their whole numbers are stored as integers
     * @param transcoding gives the UTF-8 of a text as it is stored; empty if that is UTF-8
     */
    public TableRows(
            PageFile file,
            long root,
            int[] slotOfField,
            boolean[] real,
            ValueSlot[] slots,
            Optional<UnaryOperator<byte[]>> transcoding) {
        this.tree = new TableTree(file, root);
        this.chain = new OverflowChain(file);
        this.slotOfField = slotOfField.clone();
        this.real = real.clone();
        this.slots = slots;
        this.transcoding = transcoding;
        int wanted = 0;
        for (int i = 0; i < slotOfField.length; i++) {
            wanted = slotOfField[i] < 0 ? wanted : i + 1;
        }
        this.fieldsWanted = wanted;
    }

    /** How many fields there are up to the last that a slot takes. */
    public int fieldsWanted() {
        return fieldsWanted;
    }

    /** Positions before the first row whose rowid is at least this. */
    public void seek(long least) throws IOException, PageFormatException {
        tree.seek(least);
    }

    /** Moves to the next row, and returns whether there is one. */
    public boolean next() throws IOException, PageFormatException {
        return tree.next();
    }

    /** The current row's. */
    public long rowid() {
        return tree.rowid();
    }

    /**
     * Fills the slots from the current row.
     *
     * @return how many of the {@link #fieldsWanted} its record has; the others belong to columns that were added later,
     *     and have their defaults
     */
    public int fill() throws IOException, PageFormatException {
        return tree.localSize() == tree.payloadSize() ? fillFromLeaf() : fillFromChain();
    }

    private int fillFromLeaf() throws PageFormatException {
        byte[] bytes = tree.bytes();
        int begin = tree.payload();
        int end = begin + tree.payloadSize();
        long headerSize = Bytes.varint(bytes, begin);
        check(headerSize > 0 && headerSize <= tree.payloadSize());
        int type = begin + Bytes.varintLength(bytes, begin);
        int headerEnd = begin + (int) headerSize;
        int value = headerEnd;
        int field = 0;
        for (; field < fieldsWanted && type < headerEnd; field++) {
            long code = bytes[type];
            if (code < 0) {
                code = Bytes.varint(bytes, type);
                type += Bytes.varintLength(bytes, type);
            } else {
                type++;
            }
            int size = size(code);
            check(size <= end - value);
            int slot = slotOfField[field];
            if (slot >= 0) {
                if (code >= FIRST_BLOB) {
                    bytes(slots[slot], code, bytes, value, value + size);
                } else {
                    number(slots[slot], real[field], (int) code, bytes, value);
                }
            }
            value += size;
        }
        check(type <= headerEnd);
        return field;
    }

    private int fillFromChain() throws IOException, PageFormatException {
        chain.begin(tree);
        int headerSize = readHeader();
        int type = Bytes.varintLength(header, 0);
        int left = tree.payloadSize() - headerSize;
        int room = Math.min(left, GATHERED_BYTES);
        if (gathered.length < room) {
            gathered = new byte[Math.max(room, Math.min(2 * gathered.length, GATHERED_BYTES))];
        }
        int used = 0;
        int field = 0;
        for (; field < fieldsWanted && type < headerSize; field++) {
            long code = Bytes.varint(header, type);
            type += Bytes.varintLength(header, type);
            int size = size(code);
            check(size <= left);
            left -= size;
            int slot = slotOfField[field];
            if (slot < 0) {
                chain.skip(size);
            } else if (code >= FIRST_BLOB) {
                boolean fits = size <= gathered.length - used;
                byte[] value = fits ? gathered : new byte[size];
                int start = fits ? used : 0;
                used += fits ? size : 0;
                chain.read(value, start, size);
                bytes(slots[slot], code, value, start, start + size);
            } else {
                chain.read(number, 0, size);
                number(slots[slot], real[field], (int) code, number, 0);
            }
        }
        check(type <= headerSize);
        return field;
    }

    private int readHeader() throws IOException, PageFormatException {
        int length = 0;
        do {
            chain.read(header, length, 1);
        } while (header[length++] < 0 && length < 9);
        long size = Bytes.varint(header, 0);
        check(size >= length && size <= Math.min(LONGEST_HEADER, tree.payloadSize()));
        if (header.length < size + 9) {
            byte[] larger = new byte[(int) size + 9];
            System.arraycopy(header, 0, larger, 0, length);
            header = larger;
        }
        chain.read(header, length, (int) size - length);
        return (int) size;
    }

    private static int size(long code) throws PageFormatException {
        if (code >= FIRST_BLOB) {
            long size = (code - FIRST_BLOB) >> 1;
            check(size <= Integer.MAX_VALUE);
            return (int) size;
        }
        check(code >= 0 && SIZES[(int) code] >= 0);
        return SIZES[(int) code];
    }

    private void bytes(ValueSlot slot, long code, byte[] bytes, int start, int end) {
        if ((code & 1) == 0) {
            slot.setBlob(bytes, start, end);
        } else if (transcoding.isEmpty()) {
            slot.setText(bytes, start, end);
        } else {
            slot.setText(transcoding.get().apply(Arrays.copyOfRange(bytes, start, end)));
        }
    }

    private static void number(ValueSlot slot, boolean real, int code, byte[] bytes, int at) {
        if (code == 0) {
            slot.setNull();
        } else if (code == 7) {
            double number = Double.longBitsToDouble(Bytes.signed(bytes, at, Double.BYTES));
            if (Double.isNaN(number)) {
                slot.setNull();
            } else {
                slot.setReal(number);
            }
        } else {
            long integer = code >= 8 ? code - 8 : Bytes.signed(bytes, at, SIZES[code]);
            if (real) {
                slot.setReal((double) integer);
            } else {
                slot.setInteger(integer);
            }
        }
    }

    private static void check(boolean sound) throws PageFormatException {
        if (!sound) {
            throw new PageFormatException("a record");
        }
    }
}
