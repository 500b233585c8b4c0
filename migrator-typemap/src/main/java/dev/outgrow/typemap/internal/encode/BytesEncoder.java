package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.internal.value.ValueSlot;

/** Bytes from blobs, and from text as its UTF-8 bytes. */
final class BytesEncoder implements ValueEncoder {
    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        switch (value.storageClass()) {
            case NULL -> out.putNull();
            case TEXT, BLOB -> out.putField(value.bytes());
            case INTEGER, REAL -> throw new UnfitValueException("a number in a column of bytes");
        }
    }
}
