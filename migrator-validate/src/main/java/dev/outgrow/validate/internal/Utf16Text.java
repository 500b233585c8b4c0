package dev.outgrow.validate.internal;

import java.util.Arrays;

/**
 * Text of a UTF-16 database as UTF-8. Surrogates that have no partner become their three bytes, {@code ed a0 80} and up, so
 * that text which is no valid Unicode stays recognisable.
 */
final class Utf16Text {
    private final int high;

    /** Where the higher byte of each pair of bytes is: 0 in a big-endian database, 1 in a little-endian one. */
    private Utf16Text(int high) {
        this.high = high;
    }

    static Utf16Text bigEndian() {
        return new Utf16Text(0);
    }

    static Utf16Text littleEndian() {
        return new Utf16Text(1);
    }

    byte[] toUtf8(byte[] utf16) {
        int units = utf16.length / 2;
        byte[] out = new byte[units * 3];
        int size = 0;
        for (int i = 0; i < units; i++) {
            int unit = unit(utf16, i);
            if (unit < 0x80) {
                out[size++] = (byte) unit;
            } else if (unit < 0x800) {
                out[size++] = (byte) (0xc0 | (unit >> 6));
                out[size++] = (byte) (0x80 | (unit & 0x3f));
            } else if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < units && isLow(unit(utf16, i + 1))) {
                int point = 0x10000 + ((unit - 0xd800) << 10) + (unit(utf16, ++i) - 0xdc00);
                out[size++] = (byte) (0xf0 | (point >> 18));
                out[size++] = (byte) (0x80 | ((point >> 12) & 0x3f));
                out[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
                out[size++] = (byte) (0x80 | (point & 0x3f));
            } else {
                out[size++] = (byte) (0xe0 | (unit >> 12));
                out[size++] = (byte) (0x80 | ((unit >> 6) & 0x3f));
                out[size++] = (byte) (0x80 | (unit & 0x3f));
            }
        }
        return Arrays.copyOf(out, size);
    }

    private int unit(byte[] utf16, int index) {
        return ((utf16[2 * index + high] & 0xff) << 8) | (utf16[2 * index + 1 - high] & 0xff);
    }

    private static boolean isLow(int unit) {
        return unit >= 0xdc00 && unit < 0xe000;
    }
}
