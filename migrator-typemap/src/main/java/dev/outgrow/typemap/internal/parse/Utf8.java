package dev.outgrow.typemap.internal.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes are UTF-8 that PostgreSQL takes, and of how many code points. One {@code long} answers: code points in all
 * bits but the lowest two.
 */
public final class Utf8 {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;

    private static final int NUL = 1;
    private static final int INVALID = 2;

    private Utf8() {}

    /** Checks the bytes; if they are invalid the code points are those that were valid. */
    public static long check(byte[] text) {
        return check(text, 0, text.length);
    }

    /** Likewise, for a part of an array. */
    public static long check(byte[] text, int start, int end) {
        int plain = plainPrefix(text, start, end);
        return plain == end ? (long) (end - start) << 2 : checkFrom(text, start, plain, end);
    }

    public static boolean hasNul(long checked) {
        return (checked & NUL) != 0;
    }

    public static boolean isInvalid(long checked) {
        return (checked & INVALID) != 0;
    }

    /** Whether PostgreSQL takes it as text: valid, and without NUL. */
    public static boolean isClean(long checked) {
        return (checked & (NUL | INVALID)) == 0;
    }

    public static long codePoints(long checked) {
        return checked >>> 2;
    }

    /** Where the ASCII other than NUL ends that the text begins with, looked for eight bytes at a time. */
    private static int plainPrefix(byte[] text, int start, int end) {
        int at = start;
        for (; at < end - 7; at += 8) {
            long word = (long) LONG.get(text, at);
            if (((word | word - ONES) & HIGH_BITS) != 0) {
                break;
            }
        }
        while (at < end && text[at] > 0) {
            at++;
        }
        return at;
    }

    private static long checkFrom(byte[] text, int start, int plain, int end) {
        long codePoints = (long) plain - start;
        int flags = 0;
        int at = plain;
        while (at < end) {
            if (text[at] >= 0) {
                flags |= text[at] == 0 ? NUL : 0;
                at++;
                codePoints++;
                continue;
            }
            int size = sequence(text, at, end);
            if (size > 0) {
                at += size;
                codePoints++;
            } else {
                flags |= INVALID;
                at++;
            }
        }
        return codePoints << 2 | flags;
    }

    /** The bytes of the well-formed sequence that begins here; 0 if none does (Unicode, table 3-7). */
    private static int sequence(byte[] text, int at, int end) {
        int lead = text[at] & 0xff;
        int left = end - at;
        if (lead < 0xc2 || lead > 0xf4) {
            return 0;
        }
        if (lead < 0xe0) {
            return left >= 2 && isTail(text[at + 1]) ? 2 : 0;
        }
        if (lead < 0xf0) {
            if (left < 3 || !isTail(text[at + 1]) || !isTail(text[at + 2])) {
                return 0;
            }
            int second = text[at + 1] & 0xff;
            return (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ? 0 : 3;
        }
        if (left < 4 || !isTail(text[at + 1]) || !isTail(text[at + 2]) || !isTail(text[at + 3])) {
            return 0;
        }
        int second = text[at + 1] & 0xff;
        return (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f) ? 0 : 4;
    }

    private static boolean isTail(byte value) {
        return value < (byte) 0xc0;
    }
}
