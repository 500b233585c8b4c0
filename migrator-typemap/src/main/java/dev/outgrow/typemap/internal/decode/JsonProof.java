package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** JSON back to its text: of json the very text, of jsonb the text in which PostgreSQL prints it. */
final class JsonProof extends TypeProof {
    private final boolean binary;
    private final boolean ofBytes;

    JsonProof(TypeMapping mapping) {
        super(mapping);
        binary = mapping.type().kind() == PgType.Kind.JSONB;
        ofBytes = mapping.representation() == Representation.TEXT_OF_BYTES;
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        int version = binary ? 1 : 0;
        return source.storageClass() == (ofBytes ? StorageClass.BLOB : StorageClass.TEXT)
                && Wire.sameBytes(source.bytes(), target, offset + version, length - version);
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        byte[] text = Arrays.copyOfRange(target, offset + (binary ? 1 : 0), offset + length);
        String printed = binary ? JsonPrinting.of(new String(text, StandardCharsets.UTF_8)) : null;
        keep(printed == null ? text : printed.getBytes(StandardCharsets.UTF_8), into);
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        String text = text(source);
        String printed = text == null ? null : JsonPrinting.of(text);
        if (text == null || printed == null) {
            return false;
        }
        keep((binary ? printed : text).getBytes(StandardCharsets.UTF_8), into);
        return true;
    }

    private void keep(byte[] text, ValueSlot into) {
        if (ofBytes) {
            into.setBlob(text);
        } else {
            into.setText(text);
        }
    }

    private @Nullable String text(ValueSlot source) {
        return switch (source.storageClass()) {
            case INTEGER -> Long.toString(source.integer());
            case REAL -> PrintedReal.of(source.real());
            case TEXT -> new String(source.bytes(), StandardCharsets.UTF_8);
            case BLOB -> ofBytes ? new String(source.bytes(), StandardCharsets.UTF_8) : null;
            case NULL -> null;
        };
    }
}
