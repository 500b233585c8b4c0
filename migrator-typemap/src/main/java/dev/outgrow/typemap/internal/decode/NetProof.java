package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Network and hardware addresses back to the text in which PostgreSQL prints them. */
final class NetProof extends TypeProof {
    private static final Pattern HARDWARE = Pattern.compile(
            "(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\\1){4}[0-9a-f]{2}|[0-9a-f]{12}|[0-9a-f]{6}[:-][0-9a-f]{6}|(?:[0-9a-f]{4}\\.){2}[0-9a-f]{4}");
    private static final Pattern SHORT_HARDWARE =
            Pattern.compile("[0-9a-f]{1,2}([:-])(?:[0-9a-f]{1,2}\\1){4}[0-9a-f]{1,2}");
    private static final Pattern V4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

    private final PgType.Kind kind;
    private final boolean ofBytes;

    NetProof(TypeMapping mapping) {
        super(mapping);
        kind = mapping.type().kind();
        ofBytes = mapping.representation() == Representation.ADDRESS_BLOB;
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return false;
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        if (kind == PgType.Kind.MACADDR) {
            keep(Arrays.copyOfRange(target, offset, offset + length), 0, into);
        } else {
            keep(Arrays.copyOfRange(target, offset + 4, offset + length), target[offset + 1] & 0xff, into);
        }
    }

    /** An address of a whole network has no form of bytes alone. */
    private void keep(byte[] address, int bits, ValueSlot into) {
        boolean mac = kind == PgType.Kind.MACADDR;
        if (ofBytes && (mac || bits == address.length * 8)) {
            into.setBlob(address);
        } else {
            into.setText(ascii(mac ? HexFormat.ofDelimiter(":").formatHex(address) : print(address, bits)));
        }
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        boolean mac = kind == PgType.Kind.MACADDR;
        if (source.storageClass() == StorageClass.BLOB) {
            int length = source.bytes().length;
            if (mac ? length != 6 : length != 4 && length != 16) {
                return false;
            }
            keep(source.bytes(), length * 8, into);
            return true;
        }
        if (source.storageClass() != StorageClass.TEXT) {
            return false;
        }
        String text = new String(source.bytes(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return mac ? hardware(text, into) : network(text, into);
    }

    private boolean hardware(String text, ValueSlot into) {
        if (SHORT_HARDWARE.matcher(text).matches()) {
            StringBuilder digits = new StringBuilder();
            for (String part : text.split("[:-]")) {
                digits.append(part.length() == 1 ? "0" : "").append(part);
            }
            keep(HexFormat.of().parseHex(digits), 0, into);
            return true;
        }
        if (!HARDWARE.matcher(text).matches()) {
            return false;
        }
        keep(HexFormat.of().parseHex(text.replaceAll("[:.-]", "")), 0, into);
        return true;
    }

    private boolean network(String text, ValueSlot into) {
        String[] parts = text.split("/", 2);
        try {
            byte[] address = parts[0].indexOf(':') >= 0 ? v6(parts[0]) : v4(parts[0]);
            keep(address, parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]), into);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] v4(String text) {
        if (!V4.matcher(text).matches()) {
            throw new IllegalArgumentException("no IPv4 address");
        }
        byte[] address = new byte[4];
        String[] parts = text.split("\\.", -1);
        for (int i = 0; i < 4; i++) {
            address[i] = (byte) Integer.parseInt(parts[i]);
        }
        return address;
    }

    private static byte[] v6(String text) {
        String whole = text;
        int dot = text.indexOf('.');
        if (dot >= 0) {
            int tail = text.lastIndexOf(':') + 1;
            String hex = HexFormat.of().formatHex(v4(text.substring(tail)));
            whole = text.substring(0, tail) + hex.substring(0, 4) + ":" + hex.substring(4);
        }
        int gap = whole.indexOf("::");
        String[] front = (gap < 0 ? whole : whole.substring(0, gap)).split(":");
        String[] back = (gap < 0 ? "" : whole.substring(gap + 2)).split(":");
        byte[] address = new byte[16];
        for (int i = 0; i < front.length; i++) {
            put(address, 2 * i, front[i]);
        }
        for (int i = 0; i < back.length; i++) {
            put(address, 16 - 2 * (back.length - i), back[i]);
        }
        return address;
    }

    private static void put(byte[] address, int at, String part) {
        if (!part.isEmpty()) {
            int number = Integer.parseInt(part, 16);
            address[at] = (byte) (number >> 8);
            address[at + 1] = (byte) number;
        }
    }

    private String print(byte[] address, int bits) {
        String text = address.length == 4 ? printV4(address, 0) : printV6(address);
        return kind == PgType.Kind.INET && bits == address.length * 8 ? text : text + "/" + bits;
    }

    private static String printV4(byte[] address, int from) {
        return (address[from] & 0xff) + "." + (address[from + 1] & 0xff) + "." + (address[from + 2] & 0xff) + "."
                + (address[from + 3] & 0xff);
    }

    /** As inet_ntop does it: the first of the longest runs of at least two zeros is left out. */
    private static String printV6(byte[] address) {
        int[] parts = new int[8];
        for (int i = 0; i < 8; i++) {
            parts[i] = (address[2 * i] & 0xff) << 8 | (address[2 * i + 1] & 0xff);
        }
        int start = -1;
        int longest = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && parts[i + run] == 0) {
                run++;
            }
            if (run > longest) {
                longest = run;
                start = i;
            }
        }
        if (start == 0 && (longest == 6 || (longest == 5 && parts[5] == 0xffff))) {
            return (longest == 6 ? "::" : "::ffff:") + printV4(address, 12);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += longest - 1;
            } else {
                text.append(i == 0 || (start >= 0 && i == start + longest) ? "" : ":")
                        .append(Integer.toHexString(parts[i]));
            }
        }
        return text.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
