package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.parse.JsonText;
import dev.outgrow.typemap.internal.parse.SqliteReal;
import dev.outgrow.typemap.internal.parse.Utf8;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;

/** JSON documents as their text, in blobs too if the mapping says so; a number is one as well. */
final class JsonEncoder implements ValueEncoder {
    private final boolean binary;
    private final boolean ofBytes;
    private final JsonText reader = new JsonText();
    private final ValueSlot number = new ValueSlot();

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
        ValueSlot text = text(value);
        if (!Utf8.isClean(Utf8.check(text.array(), text.start(), text.end()))) {
            throw new UnfitValueException(Misfit.Kind.NO_JSON);
        }
        int checked = reader.check(text.array(), text.start(), text.end());
        if (checked == JsonText.NO_JSON) {
            throw new UnfitValueException(Misfit.Kind.NO_JSON);
        }
        if (binary && (checked & JsonText.NO_JSONB) != 0) {
            throw new UnfitValueException(Misfit.Kind.NO_JSONB);
        }
        if (binary && (checked & JsonText.DUPLICATE_KEYS) != 0) {
            throw new UnfitValueException(Misfit.Kind.DUPLICATE_KEYS);
        }
        out.putInt(text.length() + (binary ? 1 : 0));
        if (binary) {
            out.putByte(1);
        }
        out.putBytes(text.array(), text.start(), text.length());
    }

    private ValueSlot text(ValueSlot value) {
        return switch (value.storageClass()) {
            case INTEGER -> number(Long.toString(value.integer()));
            case REAL -> number(SqliteReal.text(value.real()));
            case TEXT -> value;
            case NULL, BLOB -> {
                if (!ofBytes) {
                    throw new UnfitValueException(Misfit.Kind.BLOB_FOR_JSON);
                }
                yield value;
            }
        };
    }

    private ValueSlot number(String text) {
        number.setText(text.getBytes(StandardCharsets.US_ASCII));
        return number;
    }
}
