package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;

/** Floating point, compared by its bits; for four bytes, the nearest to what the source holds. */
final class DoubleProof extends TypeProof {
    private final boolean text;
    /** Whether the target keeps four bytes. */
    private final boolean single;

    DoubleProof(TypeMapping mapping) {
        super(mapping);
        text = mapping.representation() == Representation.DECIMAL;
        single = mapping.type().kind() == PgType.Kind.REAL;
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
        SpelledFloat.keep(real(target, offset, length), into);
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        if (!widest(source, into)) {
            return false;
        }
        if (!single || into.storageClass() != StorageClass.REAL) {
            return true;
        }
        double exact = into.real();
        float nearest = (float) exact;
        into.setReal(nearest);
        return Double.isInfinite(exact) || (!Float.isInfinite(nearest) && (nearest != 0 || exact == 0));
    }

    /** The source's value as eight bytes keep it. */
    private boolean widest(ValueSlot source, ValueSlot into) {
        switch (source.storageClass()) {
            case REAL -> into.setReal(source.real());
            case INTEGER -> {
                into.setReal((double) source.integer());
                return source.integer() != Long.MAX_VALUE && (long) into.real() == source.integer();
            }
            case TEXT, BLOB -> {
                Double word = source.storageClass() == StorageClass.TEXT ? SpelledFloat.of(source.bytes()) : null;
                if (text && word != null) {
                    SpelledFloat.keep(word, into);
                    return true;
                }
                BigDecimal decimal = text ? NumericProof.decimal(source.bytes()) : null;
                double real = decimal == null ? Double.NaN : decimal.doubleValue();
                if (decimal == null
                        || !Double.isFinite(real)
                        || NumericProof.shortest(real).compareTo(decimal) != 0) {
                    return false;
                }
                into.setReal(real);
            }
            case NULL -> {
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
