package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.parse.Words;
import dev.outgrow.typemap.internal.value.ValueSlot;

/** Writes blank text as NULL, and leaves every other value to the encoder of the type. */
final class BlankAsNullEncoder implements ValueEncoder {
    private final ValueEncoder encoder;

    BlankAsNullEncoder(ValueEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        if (value.storageClass() == StorageClass.TEXT && Words.isBlank(value.array(), value.start(), value.end())) {
            out.putNull();
        } else {
            encoder.encode(value, out);
        }
    }
}
