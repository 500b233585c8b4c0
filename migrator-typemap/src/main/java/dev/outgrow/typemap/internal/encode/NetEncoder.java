package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.parse.NetText;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Network and hardware addresses from text, and from their bytes. */
final class NetEncoder implements ValueEncoder {
    private static final int V4 = 2;
    private static final int V6 = 3;

    private final PgType.Kind kind;

    NetEncoder(PgType.Kind kind) {
        this.kind = kind;
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        if (value.storageClass() == StorageClass.NULL) {
            out.putNull();
            return;
        }
        byte[] address = switch (value.storageClass()) {
            case TEXT -> kind == PgType.Kind.MACADDR ? NetText.hardware(value.bytes()) : NetText.address(value.bytes());
            case BLOB -> ofBytes(value.bytes());
            case NULL, INTEGER, REAL -> null;
        };
        if (address == null || (kind == PgType.Kind.CIDR && !NetText.isNetwork(address))) {
            throw new UnfitValueException(Misfit.Kind.NO_ADDRESS);
        }
        if (kind == PgType.Kind.MACADDR) {
            out.putField(address);
            return;
        }
        int bytes = address.length - 1;
        out.putInt(4 + bytes);
        out.putByte(bytes == 4 ? V4 : V6);
        out.putByte(address[bytes]);
        out.putByte(kind == PgType.Kind.CIDR ? 1 : 0);
        out.putByte(bytes);
        out.putBytes(address, 0, bytes);
    }

    /** An address of so many bytes, with all of its bits after them; null if there are fewer or more. */
    private byte @Nullable [] ofBytes(byte[] bytes) {
        if (kind == PgType.Kind.MACADDR) {
            return bytes.length == 6 ? bytes : null;
        }
        if (bytes.length != 4 && bytes.length != 16) {
            return null;
        }
        byte[] withBits = Arrays.copyOf(bytes, bytes.length + 1);
        withBits[bytes.length] = (byte) (bytes.length * 8);
        return withBits;
    }
}
