package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.PgType;
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
    private final TypeMapping mapping;

    TextProof(TypeMapping mapping) {
        super(mapping.blankAsNull());
        this.mapping = mapping;
        padded = mapping.type().kind() == PgType.Kind.CHAR;
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return source.storageClass() == StorageClass.TEXT
                && Wire.sameBytes(source.bytes(), target, offset, padded ? trimmed(target, offset, length) : length);
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        into.setText(Arrays.copyOfRange(target, offset, offset + (padded ? trimmed(target, offset, length) : length)));
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        switch (source.storageClass()) {
            case INTEGER -> into.setText(utf8(Long.toString(source.integer())));
            case TEXT -> {
                String text = text(source.bytes());
                if (text == null) {
                    return false;
                }
                into.setText(utf8(text));
            }
            case REAL, NULL, BLOB -> {
                return false;
            }
        }
        if (padded) {
            byte[] text = into.bytes();
            into.setText(Arrays.copyOf(text, trimmed(text, 0, text.length)));
        }
        return true;
    }

    /** The text after the remedies that the mapping names; null where it needs one that is not named. */
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
