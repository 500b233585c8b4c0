package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.internal.parse.DecimalText;
import dev.outgrow.typemap.internal.parse.FloatWord;
import dev.outgrow.typemap.internal.parse.ShortestDecimal;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Floating point, of eight bytes bit for bit, of four the nearest; an integer only if a double is exactly that integer.
 */
final class DoubleEncoder implements ValueEncoder {
    private final boolean single;
    private final boolean decimal;

    DoubleEncoder(PgType.Kind kind, Representation representation) {
        decimal = representation == Representation.DECIMAL;
        single = kind == PgType.Kind.REAL;
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        switch (value.storageClass()) {
            case NULL -> out.putNull();
            case REAL -> put(value.real(), out);
            case INTEGER -> {
                long integer = value.integer();
                if ((long) (double) integer != integer || integer == Long.MAX_VALUE) {
                    throw new UnfitValueException(Misfit.Kind.NO_DOUBLE);
                }
                put((double) integer, out);
            }
            case TEXT -> put(real(value), out);
            case BLOB -> {
                if (!decimal || !isNumber(value)) {
                    throw new UnfitValueException(Misfit.Kind.BLOB_FOR_DOUBLE);
                }
                put(real(value), out);
            }
        }
    }

    private static boolean isNumber(ValueSlot bytes) {
        return DecimalText.measure(bytes.array(), bytes.start(), bytes.end()) != DecimalText.UNREADABLE;
    }

    private double real(ValueSlot text) {
        FloatWord word = decimal ? FloatWord.of(text.array(), text.start(), text.end()) : FloatWord.NONE;
        if (word != FloatWord.NONE) {
            return word.value();
        }
        if (!decimal || !isNumber(text)) {
            throw new UnfitValueException(Misfit.Kind.TEXT_FOR_DOUBLE);
        }
        BigDecimal number = new BigDecimal(new String(text.bytes(), StandardCharsets.ISO_8859_1).strip());
        double real = number.doubleValue();
        if (Double.isInfinite(real) || ShortestDecimal.of(real).compareTo(number) != 0) {
            throw new UnfitValueException(Misfit.Kind.BEYOND_DOUBLE);
        }
        return real;
    }

    /**
     * Whether the number is in the range of four bytes, so that it becomes neither infinite nor zero, by PostgreSQL's
     * rule.
     */
    private static boolean isWithinReal(double value) {
        float nearest = (float) value;
        return Float.isInfinite(nearest) == Double.isInfinite(value) && (nearest == 0) == (value == 0);
    }

    private void put(double value, CopyBuffer out) {
        if (!single) {
            out.putInt(8);
            out.putLong(Double.doubleToRawLongBits(value));
            return;
        }
        if (!isWithinReal(value)) {
            throw new UnfitValueException(Misfit.Kind.BEYOND_REAL);
        }
        out.putInt(4);
        out.putInt(Float.floatToRawIntBits((float) value));
    }
}
