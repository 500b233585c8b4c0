package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.parse.UuidText;
import dev.outgrow.typemap.internal.value.ValueSlot;

/** UUIDs from text of 36 or 32 characters, and from blobs of 16 bytes. */
final class UuidEncoder implements ValueEncoder {
    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        byte[] bytes = value.bytes();
        switch (value.storageClass()) {
            case NULL -> out.putNull();
            case TEXT -> {
                if (!UuidText.isHyphenated(bytes) && !UuidText.isHex(bytes)) {
                    throw new UnfitValueException(Trait.NO_UUID.phrase());
                }
                out.putInt(16);
                out.putLong(UuidText.half(bytes, 0));
                out.putLong(UuidText.half(bytes, 16));
            }
            case BLOB -> {
                if (bytes.length != 16) {
                    throw new UnfitValueException(Trait.NO_UUID.phrase());
                }
                out.putField(bytes);
            }
            case INTEGER, REAL -> throw new UnfitValueException(Trait.NO_UUID.phrase());
        }
    }
}
