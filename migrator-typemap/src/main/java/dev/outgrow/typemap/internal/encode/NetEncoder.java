package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.parse.NetText;
import dev.outgrow.typemap.internal.value.ValueSlot;

/** Network and hardware addresses from text. */
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
        byte[] address = value.storageClass() != StorageClass.TEXT
                ? null
                : kind == PgType.Kind.MACADDR ? NetText.hardware(value.bytes()) : NetText.address(value.bytes());
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
}
