package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.Arrays;

/** Bytes back to a blob. */
final class BytesProof extends TypeProof {
    BytesProof(TypeMapping mapping) {
        super(mapping.blankAsNull());
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return source.storageClass() == StorageClass.BLOB && Wire.sameBytes(source.bytes(), target, offset, length);
    }

    @Override
    boolean isAlike(ValueSlot source, byte[] target, int offset, int length) {
        return source.storageClass() == StorageClass.TEXT && Wire.sameBytes(source.bytes(), target, offset, length);
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        into.setBlob(Arrays.copyOfRange(target, offset, offset + length));
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        into.setBlob(source.bytes());
        return source.storageClass() == StorageClass.BLOB || source.storageClass() == StorageClass.TEXT;
    }
}
