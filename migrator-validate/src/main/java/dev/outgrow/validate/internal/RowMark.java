package dev.outgrow.validate.internal;

import java.util.Comparator;

/** What must be known about a row that may differ in order to match it: digests, never its values. Immutable. */
final class RowMark {
    static final Comparator<RowMark> BY_DIGEST =
            Comparator.<RowMark>comparingLong(mark -> mark.low).thenComparingLong(mark -> mark.high);

    private final long low;
    private final long high;
    private final long key;
    private final long[] columns;
    private final String place;

    /**
     * The mark of a row.
     *
     * @param place its key as text, or where it is
     */
    RowMark(RowDigest digest, String place) {
        this.low = digest.low();
        this.high = digest.high();
        this.key = digest.key();
        this.columns = digest.columnsCopy();
        this.place = place;
    }

    /** The digest of its key. */
    long key() {
        return key;
    }

    /** Its key as text, or where it is. */
    String place() {
        return place;
    }

    int columns() {
        return columns.length;
    }

    /** The digest of a column. */
    long column(int index) {
        return columns[index];
    }

    /** How many columns have the same value. */
    int likeness(RowMark other) {
        int same = 0;
        for (int i = 0; i < columns.length; i++) {
            same += columns[i] == other.columns[i] ? 1 : 0;
        }
        return same;
    }
}
