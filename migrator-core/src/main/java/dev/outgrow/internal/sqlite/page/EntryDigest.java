package dev.outgrow.internal.sqlite.page;

import dev.outgrow.typemap.internal.value.ValueSlot;

/**
 * A number for each entry of an index: the same for its record and for the values in it, by which entries are told apart. Each
 * digest has a seed of its own. Immutable.
 *
 * @see <a href="https://sqlite.org/fileformat2.html#record_format">SQLite, "Database File Format", section 2.1</a>
 */
final class EntryDigest {
    private static final int FIRST_BLOB = 12;
    private static final int NULL = 1;
    private static final int NUMBER = 2;
    private static final int REAL = 3;
    private static final int TEXT = 4;
    private static final int BLOB = 5;
    private static final int[] SIZES = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};

    private final long seed;

    EntryDigest(long seed) {
        this.seed = seed;
    }

    /** Of the values of an entry, in its order. */
    long of(ValueSlot[] values) {
        long sum = seed;
        for (ValueSlot value : values) {
            sum = switch (value.storageClass()) {
                case NULL -> mix(sum, NULL, 0);
                case INTEGER -> mix(sum, NUMBER, value.integer());
                case REAL -> real(sum, value.real());
                case TEXT -> bytes(sum, TEXT, value.array(), value.start(), value.end());
                case BLOB -> bytes(sum, BLOB, value.array(), value.start(), value.end());
            };
        }
        return sum;
    }

    /** Of a record. */
    long of(byte[] bytes, int start, int end) throws PageFormatException {
        long headerSize = Bytes.varint(bytes, start);
        check(headerSize > 0 && headerSize <= end - start);
        int type = start + Bytes.varintLength(bytes, start);
        int headerEnd = start + (int) headerSize;
        int at = headerEnd;
        long sum = seed;
        while (type < headerEnd) {
            long code = Bytes.varint(bytes, type);
            type += Bytes.varintLength(bytes, type);
            check(code >= 0 && (code >= FIRST_BLOB || code < SIZES.length));
            long size = code >= FIRST_BLOB ? (code - FIRST_BLOB) >> 1 : SIZES[(int) code];
            check(size <= end - at);
            if (code >= FIRST_BLOB) {
                sum = bytes(sum, (code & 1) == 0 ? BLOB : TEXT, bytes, at, at + (int) size);
            } else if (code == 7) {
                sum = real(sum, Double.longBitsToDouble(Bytes.signed(bytes, at, Double.BYTES)));
            } else if (code == 0) {
                sum = mix(sum, NULL, 0);
            } else {
                sum = mix(sum, NUMBER, code >= 8 ? code - 8 : Bytes.signed(bytes, at, (int) size));
            }
            at += (int) size;
        }
        check(type == headerEnd && at == end);
        return sum;
    }

    /** A column of REAL affinity keeps a whole number as an integer, in the index as in the table. */
    private static long real(long sum, double value) {
        long whole = (long) value;
        return whole == value && whole != Long.MAX_VALUE
                ? mix(sum, NUMBER, whole)
                : mix(sum, REAL, Double.doubleToLongBits(value));
    }

    private static long bytes(long sum, int kind, byte[] bytes, int start, int end) {
        long result = mix(sum, kind, end - start);
        long word = 0;
        int filled = 0;
        for (int i = start; i < end; i++) {
            word = word << Byte.SIZE | (bytes[i] & 0xff);
            if (++filled == Long.BYTES) {
                result = mix(result, kind, word);
                word = 0;
                filled = 0;
            }
        }
        return filled == 0 ? result : mix(result, kind, word);
    }

    /** The last step of SplitMix64, on the sum so far and one more number. */
    private static long mix(long sum, int kind, long value) {
        long z = (sum ^ value) * 0x9E3779B97F4A7C15L + kind;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) + sum * 0xD1342543DE82EF95L;
    }

    private static void check(boolean sound) throws PageFormatException {
        if (!sound) {
            throw new PageFormatException("a record of an index");
        }
    }
}
