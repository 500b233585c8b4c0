package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.internal.parse.UuidText;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** UUIDs from text of 36 or 32 characters, in braces or not, and from blobs of 16 bytes. */
final class UuidEncoder implements ValueEncoder {
    private final boolean ofDotNet;

    /**
     * An encoder.
     *
     * @param ofDotNet whether blobs have the bytes of the first three groups backwards
     */
    UuidEncoder(boolean ofDotNet) {
        this.ofDotNet = ofDotNet;
    }

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
                if (ofDotNet) {
                    ByteBuffer guid = ByteBuffer.wrap(bytes, start, 16).order(ByteOrder.LITTLE_ENDIAN);
                    out.putInt(16);
                    out.putInt(guid.getInt());
                    out.putShort(guid.getShort());
                    out.putShort(guid.getShort());
                    out.putLong(guid.order(ByteOrder.BIG_ENDIAN).getLong());
                } else {
                    out.putField(bytes, start, value.end());
                }
            }
            case INTEGER, REAL -> throw new UnfitValueException(Misfit.Kind.NO_UUID);
        }
    }
}
