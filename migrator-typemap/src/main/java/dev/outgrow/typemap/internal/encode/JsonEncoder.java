package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.parse.JsonText;
import dev.outgrow.typemap.internal.parse.SqliteReal;
import dev.outgrow.typemap.internal.parse.Utf8;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;

/** JSON documents as their text, in blobs too where the mapping says so; a number is one as well. */
final class JsonEncoder implements ValueEncoder {
    private final boolean binary;
    private final boolean ofBytes;

    JsonEncoder(PgType.Kind kind, Representation representation) {
        ofBytes = representation == Representation.TEXT_OF_BYTES;
        binary = kind == PgType.Kind.JSONB;
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        if (value.storageClass() == StorageClass.NULL) {
            out.putNull();
            return;
        }
        byte[] text = text(value);
        if (!Utf8.isClean(Utf8.check(text))) {
            throw new UnfitValueException(Trait.NO_JSON.phrase());
        }
        int checked = JsonText.check(text);
        if (checked == JsonText.NO_JSON) {
            throw new UnfitValueException(Trait.NO_JSON.phrase());
        }
        if (binary && (checked & JsonText.NO_JSONB) != 0) {
            throw new UnfitValueException(Trait.NO_JSONB.phrase());
        }
        if (binary && (checked & JsonText.DUPLICATE_KEYS) != 0) {
            throw new UnfitValueException(Trait.DUPLICATE_KEYS.phrase());
        }
        out.putInt(text.length + (binary ? 1 : 0));
        if (binary) {
            out.putByte(1);
        }
        out.putBytes(text, 0, text.length);
    }

    private byte[] text(ValueSlot value) {
        return switch (value.storageClass()) {
            case INTEGER -> Long.toString(value.integer()).getBytes(StandardCharsets.US_ASCII);
            case REAL -> SqliteReal.text(value.real()).getBytes(StandardCharsets.US_ASCII);
            case TEXT -> value.bytes();
            case NULL, BLOB -> {
                if (!ofBytes) {
                    throw new UnfitValueException("a blob in a column of JSON");
                }
                yield value.bytes();
            }
        };
    }
}
