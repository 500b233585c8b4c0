package dev.outgrow.typemap.internal.parse;

/**
 * Whether bytes are SQLite's own binary form of a JSON array or object ("The JSONB Format"): a header of a type and a size, then the
 * elements in the same form, to the last byte.
 */
public final class SqliteJsonb {
    private static final int FIRST_TEXT = 7;
    private static final int LAST_TEXT = 10;
    private static final int ARRAY = 11;
    private static final int OBJECT = 12;
    private static final int MOST_DEPTH = 1000;

    private SqliteJsonb() {}

    /** Whether a part of an array is an array or object, of which SQLite's functions make JSON text. */
    public static boolean isDocument(byte[] bytes, int start, int end) {
        int type = start < end ? bytes[start] & 15 : 0;
        return (type == ARRAY || type == OBJECT) && element(bytes, start, end, false, 0) == end;
    }

    /** Where the element ends that begins here; -1 if none does. */
    private static int element(byte[] bytes, int start, int end, boolean label, int depth) {
        if (start >= end || depth > MOST_DEPTH) {
            return -1;
        }
        int type = bytes[start] & 15;
        int high = (bytes[start] & 0xff) >> 4;
        int sizeBytes = high < 12 ? 0 : 1 << (high - 12);
        long size = high < 12 ? high : 0;
        int at = start + 1;
        for (int i = 0; i < sizeBytes && at < end; i++) {
            size = size << 8 | (bytes[at++] & 0xff);
        }
        if (type > OBJECT || size < 0 || size > end - at || (label && (type < FIRST_TEXT || type > LAST_TEXT))) {
            return -1;
        }
        int last = at + (int) size;
        if (type < ARRAY) {
            return type < 3 && size > 0 ? -1 : last;
        }
        boolean name = type == OBJECT;
        while (at < last) {
            at = element(bytes, at, last, name, depth + 1);
            if (at < 0) {
                return -1;
            }
            name = type == OBJECT && !name;
        }
        return type == OBJECT && !name ? -1 : last;
    }
}
