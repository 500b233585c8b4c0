package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Text back to its bytes. The blanks with which PostgreSQL fills {@code character(n)} are not part of a value. */
final class TextProof extends TypeProof {
    private final boolean padded;
    private final boolean ofBytes;
    private final TypeMapping mapping;

    TextProof(TypeMapping mapping) {
        super(mapping);
        this.mapping = mapping;
        ofBytes = mapping.representation() == Representation.TEXT_OF_BYTES;
        padded = mapping.type().kind() == PgType.Kind.CHAR;
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return source.storageClass() == (ofBytes ? StorageClass.BLOB : StorageClass.TEXT)
                && Wire.sameBytes(source.bytes(), target, offset, padded ? trimmed(target, offset, length) : length);
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        keep(Arrays.copyOfRange(target, offset, offset + (padded ? trimmed(target, offset, length) : length)), into);
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        byte[] bytes;
        switch (source.storageClass()) {
            case INTEGER -> bytes = utf8(Long.toString(source.integer()));
            case REAL -> bytes = utf8(PrintedReal.of(source.real()));
            case TEXT, BLOB -> {
                String text = ofBytes || source.storageClass() == StorageClass.TEXT ? text(source.bytes()) : null;
                if (text == null) {
                    return false;
                }
                bytes = utf8(text);
            }
            default -> {
                return false;
            }
        }
        keep(padded ? Arrays.copyOf(bytes, trimmed(bytes, 0, bytes.length)) : bytes, into);
        return true;
    }

    private void keep(byte[] text, ValueSlot into) {
        if (ofBytes) {
            into.setBlob(text);
        } else {
            into.setText(text);
        }
    }

    /** The text after the remedies of the mapping; null if it needs one that the mapping does not name. */
    private @Nullable String text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            switch (mapping.invalidText()) {
                case REPLACE -> text = new String(bytes, StandardCharsets.UTF_8);
                case LATIN1 -> text = new String(bytes, StandardCharsets.ISO_8859_1);
                default -> {
                    return null;
                }
            }
        }
        if (text.indexOf('\0') < 0) {
            return text;
        }
        return switch (mapping.nul()) {
            case STRIP -> text.replace("\0", "");
            case ESCAPE -> text.replace("\0", "\\0");
            case REFUSE -> null;
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int trimmed(byte[] text, int offset, int length) {
        int end = length;
        while (end > 0 && text[offset + end - 1] == ' ') {
            end--;
        }
        return end;
    }
}
