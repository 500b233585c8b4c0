package dev.outgrow.validate.internal;

import com.google.common.collect.ImmutableList;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.Arrays;
import java.util.List;

/**
 * The order of a table's rows by their key, the same in both databases. It checks the rows of the source as they come,
 * since SQLite allows any value in any column: a row that breaks the order ends the merge. For one merge.
 */
public final class KeyOrder {
    private static final byte[] NOTHING = {};

    private final KeyPart[] parts;
    private final int[] columns;
    private final long[] lastIntegers;
    private final byte[][] lastBytes;
    private boolean begun;

    /**
     * An order.
     *
     * @param parts the columns of the key
     * @param columns where each of them is among the columns that are read
     */
    KeyOrder(List<KeyPart> parts, List<Integer> columns) {
        this.parts = ImmutableList.copyOf(parts).toArray(new KeyPart[0]);
        this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
        this.lastIntegers = new long[this.parts.length];
        this.lastBytes = new byte[this.parts.length][];
        Arrays.fill(lastBytes, NOTHING);
    }

    /**
     * Takes note of a row of the source.
     *
     * @throws UnorderedKeyException if its key is not of the classes that can be merged, or does not come after the
     *     last one
     */
    public void watch(ValueSlot[] row) throws UnorderedKeyException {
        int order = begun ? 0 : 1;
        for (int i = 0; i < parts.length; i++) {
            ValueSlot slot = row[columns[i]];
            if (slot.storageClass() != expected(parts[i])) {
                throw new UnorderedKeyException();
            }
            if (parts[i] == KeyPart.INTEGER) {
                order = order != 0 ? order : Long.compare(slot.integer(), lastIntegers[i]);
                lastIntegers[i] = slot.integer();
            } else {
                order = order != 0 ? order : Arrays.compareUnsigned(slot.bytes(), lastBytes[i]);
                lastBytes[i] = slot.bytes();
            }
        }
        if (order <= 0) {
            throw new UnorderedKeyException();
        }
        begun = true;
    }

    private static StorageClass expected(KeyPart part) {
        return switch (part) {
            case INTEGER -> StorageClass.INTEGER;
            case TEXT, CITEXT -> StorageClass.TEXT;
            case BYTES -> StorageClass.BLOB;
        };
    }

    /** Which row comes first: negative for the source's, positive for the target's, 0 if they have the same key. */
    public int compare(ValueSlot[] source, RowFields target) {
        for (int i = 0; i < parts.length; i++) {
            int column = columns[i];
            int length = target.length(column);
            if (length < 0) {
                // PostgreSQL sorts NULL last.
                return -1;
            }
            int order = parts[i] == KeyPart.INTEGER
                    ? Long.compare(source[column].integer(), target.integer(column))
                    : compareBytes(source[column].bytes(), target.bytes(), target.offset(column), length);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareBytes(byte[] source, byte[] target, int offset, int length) {
        return Arrays.compareUnsigned(source, 0, source.length, target, offset, offset + length);
    }
}
