package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/** UUIDs back to 36 characters, 32 characters or 16 bytes. */
final class UuidProof extends TypeProof {
    private static final Pattern FORM = Pattern.compile(
            "(?:\\{(?=.*\\}$)|(?i:urn:uuid:))?([0-9a-fA-F]{8})(-?)([0-9a-fA-F]{4})\\2([0-9a-fA-F]{4})\\2([0-9a-fA-F]{4})\\2([0-9a-fA-F]{12})"
                    + "(?:(?<=^\\{.{32,36})\\})?");
    private static final String DIGITS = "0123456789abcdef";

    /** Where .NET has each byte of a UUID; the first place is called a. */
    private static final String PLACES_IN_DOT_NET = "dcbafehgijklmnop";

    private final Representation representation;

    UuidProof(TypeMapping mapping) {
        super(mapping);
        representation = mapping.representation();
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        byte[] bytes = source.bytes();
        if (source.storageClass() == StorageClass.BLOB) {
            return representation == Representation.UUID_BLOB_OF_DOT_NET
                    ? isSameGuid(bytes, target, offset)
                    : representation == Representation.UUID_BLOB && Wire.sameBytes(bytes, target, offset, 16);
        }
        boolean hyphens = representation != Representation.UUID_HEX;
        if (source.storageClass() != StorageClass.TEXT
                || representation == Representation.UUID_BLOB
                || representation == Representation.UUID_BLOB_OF_DOT_NET
                || bytes.length != (hyphens ? 36 : 32)) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < 16; i++) {
            if (hyphens && (i == 4 || i == 6 || i == 8 || i == 10) && bytes[at++] != '-') {
                return false;
            }
            int octet = target[offset + i] & 0xff;
            if (bytes[at] != DIGITS.charAt(octet >> 4) || bytes[at + 1] != DIGITS.charAt(octet & 15)) {
                return false;
            }
            at += 2;
        }
        return true;
    }

    private static boolean isSameGuid(byte[] source, byte[] target, int offset) {
        if (source.length != 16) {
            return false;
        }
        for (int i = 0; i < 16; i++) {
            if (source[PLACES_IN_DOT_NET.charAt(i) - 'a'] != target[offset + i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        keep(new UUID(Wire.int8(target, offset), Wire.int8(target, offset + 8)), into);
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        switch (source.storageClass()) {
            case TEXT -> {
                String text = new String(source.bytes(), StandardCharsets.ISO_8859_1);
                if (!FORM.matcher(text).matches()) {
                    return false;
                }
                keep(UUID.fromString(FORM.matcher(text).replaceFirst("$1-$3-$4-$5-$6")), into);
                return true;
            }
            case BLOB -> {
                if (source.bytes().length != 16) {
                    return false;
                }
                ByteBuffer halves = ByteBuffer.wrap(
                        representation == Representation.UUID_BLOB_OF_DOT_NET
                                ? reordered(source.bytes())
                                : source.bytes());
                keep(new UUID(halves.getLong(), halves.getLong()), into);
                return true;
            }
            case NULL, INTEGER, REAL -> {
                return false;
            }
        }
        return false;
    }

    private void keep(UUID uuid, ValueSlot into) {
        switch (representation) {
            case UUID_BLOB -> into.setBlob(octets(uuid));
            case UUID_BLOB_OF_DOT_NET -> into.setBlob(reordered(octets(uuid)));
            case UUID_HEX -> into.setText(uuid.toString().replace("-", "").getBytes(StandardCharsets.US_ASCII));
            default -> into.setText(uuid.toString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static byte[] octets(UUID uuid) {
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    /** From the order of .NET into the other, and back. */
    private static byte[] reordered(byte[] octets) {
        byte[] other = new byte[16];
        for (int i = 0; i < 16; i++) {
            other[i] = octets[PLACES_IN_DOT_NET.charAt(i) - 'a'];
        }
        return other;
    }
}
