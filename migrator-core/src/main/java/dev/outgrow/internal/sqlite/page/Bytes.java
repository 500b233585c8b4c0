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

    /** A two's complement number of so many bytes: 1, 2, 3, 4, 6 or 8. */
    static long signed(byte[] bytes, int at, int length) {
        return switch (length) {
            case 1 -> bytes[at];
            case 2 -> signedShort(bytes, at);
            case 3 -> signedShort(bytes, at) << 8 | (bytes[at + 2] & 0xff);
            case 4 -> signedInt(bytes, at);
            case 6 -> (long) signedShort(bytes, at) << 32 | unsignedInt(bytes, at + 2);
            default -> (long) signedInt(bytes, at) << 32 | unsignedInt(bytes, at + 4);
        };
    }

    private static int signedShort(byte[] bytes, int at) {
        return bytes[at] << 8 | (bytes[at + 1] & 0xff);
    }

    private static int signedInt(byte[] bytes, int at) {
        return signedShort(bytes, at) << 16 | unsignedShort(bytes, at + 2);
    }

    /** The number that begins here: seven bits a byte, eight of the ninth. */
    static long varint(byte[] bytes, int at) {
        byte first = bytes[at];
        if (first >= 0) {
            return first;
        }
        byte second = bytes[at + 1];
        return second >= 0 ? (first & 0x7f) << 7 | second : longVarint(bytes, at);
    }

    private static long longVarint(byte[] bytes, int at) {
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
