package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;

/** Floating point, told by its bits. */
final class DoubleProof extends TypeProof {
    private final boolean text;

    DoubleProof(TypeMapping mapping) {
        super(mapping.blankAsNull());
        text = mapping.representation() == Representation.DECIMAL;
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return source.storageClass() == StorageClass.REAL
                && (length == 8
                        ? Double.doubleToRawLongBits(source.real()) == Wire.int8(target, offset)
                        : Double.doubleToRawLongBits(source.real())
                                == Double.doubleToRawLongBits(real(target, offset, length)));
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        into.setReal(real(target, offset, length));
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        switch (source.storageClass()) {
            case REAL -> into.setReal(source.real());
            case INTEGER -> {
                into.setReal((double) source.integer());
                return source.integer() != Long.MAX_VALUE && (long) into.real() == source.integer();
            }
            case TEXT -> {
                BigDecimal decimal = text ? NumericProof.decimal(source.bytes()) : null;
                double real = decimal == null ? Double.NaN : decimal.doubleValue();
                if (decimal == null
                        || !Double.isFinite(real)
                        || NumericProof.shortest(real).compareTo(decimal) != 0) {
                    return false;
                }
                into.setReal(real);
            }
            case NULL, BLOB -> {
                return false;
            }
        }
        return true;
    }

    private static double real(byte[] target, int offset, int length) {
        return length == 8
                ? Double.longBitsToDouble(Wire.int8(target, offset))
                : (double) Float.intBitsToFloat(Wire.int4(target, offset));
    }
}
