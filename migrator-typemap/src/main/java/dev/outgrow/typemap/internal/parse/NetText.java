package dev.outgrow.typemap.internal.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Network addresses as PostgreSQL's inet, cidr and macaddr read them. */
public final class NetText {
    private NetText() {}

    /**
     * An address of four or sixteen bytes, with the bits of its network as one byte more at the end.
     *
     * @return null if the text is none
     */
    public static byte @Nullable [] address(byte[] text) {
        int slash = text.length;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '/') {
                slash = i;
                break;
            }
        }
        byte[] address = isV6(text, slash) ? v6(text, slash) : v4(text, 0, slash);
        if (address == null) {
            return null;
        }
        int most = address.length * 8;
        int bits = slash == text.length ? most : number(text, slash + 1, text.length, 3);
        if (bits < 0 || bits > most) {
            return null;
        }
        byte[] withBits = Arrays.copyOf(address, address.length + 1);
        withBits[address.length] = (byte) bits;
        return withBits;
    }

    /** Whether every bit after the network's own is zero, as cidr asks. */
    public static boolean isNetwork(byte[] addressWithBits) {
        int length = addressWithBits.length - 1;
        int bits = addressWithBits[length] & 0xff;
        for (int i = bits; i < length * 8; i++) {
            if ((addressWithBits[i >> 3] & (0x80 >> (i & 7))) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * A hardware address of six bytes: twelve hexadecimal digits with {@code :}, {@code -} or {@code .} between, or six parts of one
     * or two digits with {@code :} or {@code -} between.
     *
     * @return null if the text is none
     */
    public static byte @Nullable [] hardware(byte[] text) {
        byte[] full = ofFullParts(text);
        return full == null ? ofShortParts(text) : full;
    }

    private static byte @Nullable [] ofShortParts(byte[] text) {
        byte[] address = new byte[6];
        int part = 0;
        int digits = 0;
        byte separator = 0;
        for (byte character : text) {
            int digit = Character.digit(character, 16);
            if (digit >= 0 && digits < 2) {
                address[part] = (byte) (address[part] << 4 | digit);
                digits++;
            } else {
                boolean known = separator == 0 ? character == ':' || character == '-' : character == separator;
                if (!known || digits == 0 || part == 5) {
                    return null;
                }
                separator = character;
                part++;
                digits = 0;
            }
        }
        return part == 5 && digits > 0 ? address : null;
    }

    private static byte @Nullable [] ofFullParts(byte[] text) {
        byte[] address = new byte[6];
        int digits = 0;
        byte separator = 0;
        for (int i = 0; i < text.length; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit >= 0) {
                if (digits == 12) {
                    return null;
                }
                address[digits / 2] = (byte) (address[digits / 2] << 4 | digit);
                digits++;
            } else {
                boolean known = text[i] == ':' || text[i] == '-' || text[i] == '.';
                int step = text[i] == '.' ? 4 : separator == 0 && digits == 6 ? 6 : 2;
                if (!known
                        || digits == 0
                        || digits == 12
                        || digits % step != 0
                        || (separator != 0 && separator != text[i])) {
                    return null;
                }
                separator = text[i];
            }
        }
        return digits == 12 ? address : null;
    }

    private static boolean isV6(byte[] text, int end) {
        for (int i = 0; i < end; i++) {
            if (text[i] == ':') {
                return true;
            }
        }
        return false;
    }

    private static byte @Nullable [] v4(byte[] text, int start, int end) {
        byte[] address = new byte[4];
        int at = start;
        for (int i = 0; i < 4; i++) {
            int stop = at;
            while (stop < end && text[stop] != '.') {
                stop++;
            }
            int part = number(text, at, stop, 3);
            if (part < 0 || part > 255 || (i < 3 ? stop == end : stop != end)) {
                return null;
            }
            address[i] = (byte) part;
            at = stop + 1;
        }
        return address;
    }

    private static byte @Nullable [] v6(byte[] text, int end) {
        byte[] address = new byte[16];
        int filled = 0;
        int gap = -1;
        int at = 0;
        if (end >= 2 && text[0] == ':' && text[1] == ':') {
            gap = 0;
            at = 2;
        }
        while (at < end) {
            int stop = at;
            boolean dotted = false;
            while (stop < end && text[stop] != ':') {
                dotted |= text[stop] == '.';
                stop++;
            }
            if (dotted) {
                byte[] tail = stop == end && filled <= 12 ? v4(text, at, end) : null;
                if (tail == null) {
                    return null;
                }
                System.arraycopy(tail, 0, address, filled, 4);
                filled += 4;
                at = end;
                break;
            }
            int part = hex(text, at, stop);
            if (part < 0 || filled == 16) {
                return null;
            }
            address[filled++] = (byte) (part >> 8);
            address[filled++] = (byte) part;
            at = stop;
            if (at < end) {
                at++;
                if (at == end) {
                    return null;
                }
                if (text[at] == ':') {
                    if (gap >= 0) {
                        return null;
                    }
                    gap = filled;
                    at++;
                }
            }
        }
        return spread(address, filled, gap);
    }

    /** Puts the zeros that {@code ::} stands for. */
    private static byte @Nullable [] spread(byte[] address, int filled, int gap) {
        if (gap < 0) {
            return filled == 16 ? address : null;
        }
        if (filled > 14) {
            return null;
        }
        byte[] whole = new byte[16];
        System.arraycopy(address, 0, whole, 0, gap);
        System.arraycopy(address, gap, whole, 16 - (filled - gap), filled - gap);
        return whole;
    }

    private static int hex(byte[] text, int start, int end) {
        if (end - start < 1 || end - start > 4) {
            return -1;
        }
        int number = 0;
        for (int i = start; i < end; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return number;
    }

    private static int number(byte[] text, int start, int end, int most) {
        if (end - start < 1 || end - start > most) {
            return -1;
        }
        int number = 0;
        for (int i = start; i < end; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            number = number * 10 + text[i] - '0';
        }
        return number;
    }
}
