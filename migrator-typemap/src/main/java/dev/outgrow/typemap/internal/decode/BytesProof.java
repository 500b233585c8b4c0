package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Bytes back to a blob. */
final class BytesProof extends TypeProof {
    private final Representation representation;

    BytesProof(TypeMapping mapping) {
        super(mapping);
        representation = mapping.representation();
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return source.storageClass() == StorageClass.BLOB && Wire.sameBytes(source.bytes(), target, offset, length);
    }

    @Override
    boolean isAlike(ValueSlot source, byte[] target, int offset, int length) {
        return representation == Representation.BYTES_OF_TEXT
                && source.storageClass() == StorageClass.TEXT
                && Wire.sameBytes(source.bytes(), target, offset, length);
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        byte[] bytes = Arrays.copyOfRange(target, offset, offset + length);
        if (representation == Representation.BASE64_TEXT) {
            into.setText(Base64.getEncoder().encode(bytes));
        } else {
            into.setBlob(bytes);
        }
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        if (representation == Representation.BASE64_TEXT) {
            return base64(source, into);
        }
        boolean ofText = representation == Representation.BYTES_OF_TEXT;
        switch (source.storageClass()) {
            case BLOB -> into.setBlob(source.bytes());
            case TEXT -> {
                if (!ofText) {
                    return representation == Representation.LITERAL_TEXT && hex(source.bytes(), into);
                }
                into.setBlob(source.bytes());
            }
            case INTEGER -> into.setBlob(Long.toString(source.integer()).getBytes(StandardCharsets.US_ASCII));
            case REAL -> into.setBlob(PrintedReal.of(source.real()).getBytes(StandardCharsets.US_ASCII));
            case NULL -> {
                return false;
            }
        }
        return ofText || source.storageClass() == StorageClass.BLOB;
    }

    private static boolean base64(ValueSlot source, ValueSlot into) {
        if (source.storageClass() == StorageClass.BLOB) {
            into.setText(Base64.getEncoder().encode(source.bytes()));
            return true;
        }
        if (source.storageClass() != StorageClass.TEXT) {
            return false;
        }
        String text = new String(source.bytes(), StandardCharsets.ISO_8859_1).replaceAll("\\s", "");
        try {
            into.setText(Base64.getEncoder().encode(Base64.getDecoder().decode(text)));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean hex(byte[] text, ValueSlot into) {
        String hex = new String(text, StandardCharsets.ISO_8859_1);
        try {
            into.setBlob(HexFormat.of().parseHex(hex.substring(Math.min(2, hex.length()))));
            return hex.startsWith("\\x");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
