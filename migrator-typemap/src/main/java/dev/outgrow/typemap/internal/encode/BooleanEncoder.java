package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.internal.parse.Words;
import dev.outgrow.typemap.internal.value.ValueSlot;

/** Booleans from 0 and 1, and from PostgreSQL's words for them. */
final class BooleanEncoder implements ValueEncoder {
    private final boolean nonZeroAsTrue;

    BooleanEncoder(boolean nonZeroAsTrue) {
        this.nonZeroAsTrue = nonZeroAsTrue;
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        switch (value.storageClass()) {
            case NULL -> out.putNull();
            case INTEGER -> put(value.integer() == 0, value.integer() == 1, out);
            case REAL -> put(value.real() == 0, value.real() == 1, out);
            case TEXT -> {
                int truth = Words.booleanOf(value.array(), value.start(), value.end());
                if (truth < 0) {
                    throw new UnfitValueException(Misfit.Kind.NO_BOOLEAN);
                }
                write(truth, out);
            }
            case BLOB -> throw new UnfitValueException(Misfit.Kind.BLOB_FOR_BOOLEAN);
        }
    }

    private void put(boolean zero, boolean one, CopyBuffer out) {
        if (!zero && !one && !nonZeroAsTrue) {
            throw new UnfitValueException(Misfit.Kind.NOT_ZERO_OR_ONE);
        }
        write(zero ? 0 : 1, out);
    }

    private static void write(int truth, CopyBuffer out) {
        out.putInt(1);
        out.putByte(truth);
    }
}
