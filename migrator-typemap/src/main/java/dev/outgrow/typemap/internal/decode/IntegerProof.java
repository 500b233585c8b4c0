package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;

/** Integers of two, four and eight bytes. */
final class IntegerProof extends TypeProof {
    private final boolean text;

    IntegerProof(TypeMapping mapping) {
        super(mapping);
        text = mapping.representation() == Representation.DECIMAL;
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return source.storageClass() == StorageClass.INTEGER && source.integer() == integer(target, offset, length);
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        into.setInteger(integer(target, offset, length));
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        switch (source.storageClass()) {
            case INTEGER -> into.setInteger(source.integer());
            case REAL -> {
                if (source.real() % 1 != 0 || !(Math.abs(source.real()) <= 0x1p53)) {
                    return false;
                }
                into.setInteger((long) source.real());
            }
            case TEXT, BLOB -> {
                BigDecimal decimal = text ? NumericProof.decimal(source.bytes()) : null;
                try {
                    into.setInteger(decimal == null ? 0 : decimal.longValueExact());
                } catch (ArithmeticException e) {
                    return false;
                }
                return decimal != null;
            }
            case NULL -> {
                return false;
            }
        }
        return true;
    }

    private static long integer(byte[] target, int offset, int length) {
        return switch (length) {
            case 2 -> Wire.int2(target, offset);
            case 4 -> Wire.int4(target, offset);
            default -> Wire.int8(target, offset);
        };
    }
}
