package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.internal.value.ValueSlot;

/** Integers of two, four and eight bytes, from integers, and from doubles that are integers. */
final class IntegerEncoder implements ValueEncoder {
    private final int bytes;
    private final long most;

    IntegerEncoder(PgType.Kind kind, Representation representation) {
        bytes = kind == PgType.Kind.SMALLINT ? 2 : kind == PgType.Kind.INTEGER ? 4 : 8;
        most = Long.MAX_VALUE >> (64 - 8 * bytes);
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        switch (value.storageClass()) {
            case NULL -> out.putNull();
            case INTEGER -> put(value.integer(), out);
            case REAL -> {
                double real = value.real();
                if (real != Math.rint(real) || Math.abs(real) > 0x1p53) {
                    throw new UnfitValueException("a number with a fraction in a column of integers");
                }
                put((long) real, out);
            }
            case TEXT -> throw new UnfitValueException("text in a column of integers");
            case BLOB -> throw new UnfitValueException("a blob in a column of integers");
        }
    }

    private void put(long value, CopyBuffer out) {
        if (value > most || value < -most - 1) {
            throw new UnfitValueException("an integer that " + bytes + " bytes cannot hold");
        }
        out.putInt(bytes);
        switch (bytes) {
            case 2 -> out.putShort((int) value);
            case 4 -> out.putInt((int) value);
            default -> out.putLong(value);
        }
    }
}
