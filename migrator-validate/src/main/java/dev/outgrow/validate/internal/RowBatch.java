package dev.outgrow.validate.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of the target that one thread received and another reads, which follow one another in the order of their key.
 * Filled by one thread, then read by one.
 */
final class RowBatch extends RowFields {
    private final List<byte[]> arrays = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private KeyRange range = KeyRange.ALL;
    private long size;
    private long received;
    private int at;

    RowBatch(int columns) {
        super(columns);
    }

    /** Adds the row at which the target stands. */
    void add(TargetRows target) {
        arrays.add(target.bytes());
        starts.add(target.start());
        size += target.size();
    }

    /**
     * Ends the batch.
     *
     * @param keys all keys that the source may have beside these rows
     * @param bytes how many bytes came since the batch before
     */
    RowBatch of(KeyRange keys, long bytes) {
        range = keys;
        received = bytes;
        return this;
    }

    /** The bytes of its rows. */
    long size() {
        return size;
    }

    /** The keys of the rows that the source is to have. */
    KeyRange range() {
        return range;
    }

    @Override
    boolean next() {
        if (at == arrays.size()) {
            return false;
        }
        bytes = arrays.get(at);
        int position = starts.get(at++) + Short.BYTES;
        for (int i = 0; i < offsets.length; i++) {
            int length = intAt(position);
            position += Integer.BYTES;
            offsets[i] = position;
            lengths[i] = length;
            position += Math.max(0, length);
        }
        return true;
    }

    @Override
    long takeReceived() {
        long result = received;
        received = 0;
        return result;
    }
}
