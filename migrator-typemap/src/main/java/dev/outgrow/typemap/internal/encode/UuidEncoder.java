package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.internal.parse.UuidText;
import dev.outgrow.typemap.internal.value.ValueSlot;

/** UUIDs from text of 36 or 32 characters, in braces or not, and from blobs of 16 bytes. */
final class UuidEncoder implements ValueEncoder {
    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        byte[] bytes = value.array();
        int start = value.start();
        switch (value.storageClass()) {
            case NULL -> out.putNull();
            case TEXT -> {
                int digits = UuidText.digits(bytes, start, value.end());
                if (digits < 0) {
                    throw new UnfitValueException(Misfit.Kind.NO_UUID);
                }
                out.putInt(16);
                out.putLong(UuidText.half(bytes, digits));
                out.putLong(UuidText.half(bytes, digits + (UuidText.hasHyphens(bytes, digits) ? 19 : 16)));
            }
            case BLOB -> {
                if (value.length() != 16) {
                    throw new UnfitValueException(Misfit.Kind.NO_UUID);
                }
                out.putField(bytes, start, value.end());
            }
            case INTEGER, REAL -> throw new UnfitValueException(Misfit.Kind.NO_UUID);
        }
    }
}
