package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.internal.parse.Words;
import dev.outgrow.typemap.internal.value.ValueSlot;

/** Writes blank text, or dates of zeros alone, as NULL, and leaves every other value to the encoder of the type. */
final class AsNullEncoder implements ValueEncoder {
    private final ValueEncoder encoder;
    private final boolean blanks;
    private final boolean zeroDates;
    private final boolean zeros;

    AsNullEncoder(ValueEncoder encoder, boolean blanks, boolean zeroDates, boolean zeros) {
        this.encoder = encoder;
        this.blanks = blanks;
        this.zeroDates = zeroDates;
        this.zeros = zeros;
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        boolean isNull = switch (value.storageClass()) {
            case TEXT ->
                (blanks && Words.isBlank(value.array(), value.start(), value.end()))
                        || (zeroDates && Words.isZeroDate(value.array(), value.start(), value.end()));
            case INTEGER -> zeros && value.integer() == 0;
            case REAL -> zeros && value.real() == 0;
            case NULL, BLOB -> false;
        };
        if (isNull) {
            out.putNull();
        } else {
            encoder.encode(value, out);
        }
    }
}
