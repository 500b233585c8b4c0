package dev.outgrow.internal.sqlite.page;

/** Big-endian numbers, and SQLite's of variable length. */
final class Bytes {
    private static final int LONGEST_VARINT = 9;

    private Bytes() {}

    static int unsignedShort(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    static long unsignedInt(byte[] bytes, int at) {
        return (long) unsignedShort(bytes, at) << 16 | unsignedShort(bytes, at + 2);
    }

    /** A two's complement number of so many bytes. */
    static long signed(byte[] bytes, int at, int length) {
        long value = bytes[at];
        for (int i = 1; i < length; i++) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        return value;
    }

    /** The number that begins here: seven bits a byte, eight of the ninth. */
    static long varint(byte[] bytes, int at) {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT - 1; i++) {
            byte next = bytes[at + i];
            value = value << 7 | (next & 0x7f);
            if (next >= 0) {
                return value;
            }
        }
        return value << 8 | (bytes[at + LONGEST_VARINT - 1] & 0xff);
    }

    /** How many bytes the number takes that begins here. */
    static int varintLength(byte[] bytes, int at) {
        for (int i = 0; i < LONGEST_VARINT - 1; i++) {
            if (bytes[at + i] >= 0) {
                return i + 1;
            }
        }
        return LONGEST_VARINT;
    }
}
