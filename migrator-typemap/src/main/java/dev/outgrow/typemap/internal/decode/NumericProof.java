package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decimals back to what SQLite would store: an integer if it is one, a double if the decimal is the shortest that reads
 * back to it, else its text.
 */
final class NumericProof extends TypeProof {
    private static final int NEGATIVE = 0x4000;
    private static final int NOT_A_NUMBER = 0xc000;
    private static final int POSITIVE_INFINITY = 0xd000;
    private static final int NEGATIVE_INFINITY = 0xf000;
    private static final BigInteger GROUP = BigInteger.valueOf(10_000);
    private static final double[] TENS = {1, 1e4, 1e8, 1e12, 1e16};
    /** A decimal of at most 15 digits is the only one of that many that reads back to its double. */
    private static final long MOST_QUICK = 1_000_000_000_000_000L;

    private final boolean isLimited;

    NumericProof(TypeMapping mapping) {
        super(mapping);
        isLimited = mapping.type().precision().isPresent();
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        int groups = Wire.int2(target, offset);
        int behind = groups - 1 - Wire.int2(target, offset + 2);
        int sign = Wire.int2(target, offset + 4) & 0xffff;
        if (groups > 4 || behind < 0 || behind > 4 || (sign & ~NEGATIVE) != 0) {
            return false;
        }
        long digits = 0;
        for (int i = 0; i < groups; i++) {
            digits = digits * 10_000 + Wire.int2(target, offset + 8 + 2 * i);
        }
        long signed = sign == 0 ? digits : -digits;
        return switch (source.storageClass()) {
            case INTEGER -> behind == 0 && source.integer() == signed;
            case REAL ->
                behind > 0 && digits < MOST_QUICK && digits % 10_000 != 0 && signed / TENS[behind] == source.real();
            case NULL, TEXT, BLOB -> false;
        };
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        int sign = Wire.int2(target, offset + 4) & 0xffff;
        if (sign == POSITIVE_INFINITY || sign == NEGATIVE_INFINITY) {
            into.setReal(sign == POSITIVE_INFINITY ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
            return;
        }
        if (sign == NOT_A_NUMBER) {
            SpelledFloat.keep(Double.NaN, into);
            return;
        }
        int groups = Wire.int2(target, offset);
        int weight = Wire.int2(target, offset + 2);
        BigInteger unscaled = BigInteger.ZERO;
        for (int i = 0; i < groups; i++) {
            unscaled = unscaled.multiply(GROUP).add(BigInteger.valueOf(Wire.int2(target, offset + 8 + 2 * i)));
        }
        BigDecimal decimal = new BigDecimal(unscaled, 4 * (groups - 1 - weight));
        keep((sign & NEGATIVE) != 0 ? decimal.negate() : decimal, into);
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        switch (source.storageClass()) {
            case INTEGER -> into.setInteger(source.integer());
            case REAL -> {
                if (Double.isInfinite(source.real())) {
                    into.setReal(source.real());
                } else {
                    keep(shortest(source.real()), into);
                }
            }
            case TEXT, BLOB -> {
                Double word = source.storageClass() == StorageClass.TEXT ? SpelledFloat.of(source.bytes()) : null;
                BigDecimal decimal = decimal(source.bytes());
                if (word != null) {
                    SpelledFloat.keep(word, into);
                    return !isLimited || word.isNaN();
                }
                if (decimal == null) {
                    return false;
                }
                keep(decimal, into);
            }
            case NULL -> {
                return false;
            }
        }
        return true;
    }

    static @Nullable BigDecimal decimal(byte[] text) {
        try {
            return new BigDecimal(new String(text, StandardCharsets.ISO_8859_1).strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static void keep(BigDecimal decimal, ValueSlot into) {
        BigDecimal stripped = decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros();
        if (stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= 19) {
            BigInteger integer = stripped.toBigIntegerExact();
            if (integer.bitLength() < Long.SIZE) {
                into.setInteger(integer.longValue());
                return;
            }
        }
        double real = stripped.precision() > 17 ? Double.NaN : stripped.doubleValue();
        if (Double.isFinite(real) && shortest(real).compareTo(stripped) == 0) {
            into.setReal(real);
        } else {
            into.setText(stripped.toPlainString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The decimal of fewest digits that reads back to the double. */
    static BigDecimal shortest(double value) {
        // A normal double keeps 15 digits, a subnormal one as few as one.
        return shortest(value, Math.abs(value) < Double.MIN_NORMAL ? 1 : 15);
    }

    /**
     * The decimal of fewest digits, but not fewer than some, that reads back to the double; of two equally near ones,
     * the even one.
     */
    static BigDecimal shortest(double value, int least) {
        BigDecimal exact = new BigDecimal(value);
        int digits = least;
        BigDecimal decimal = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        while (decimal.doubleValue() != value) {
            BigDecimal below = exact.round(new MathContext(digits, RoundingMode.FLOOR));
            BigDecimal above = exact.round(new MathContext(digits, RoundingMode.CEILING));
            if (below.doubleValue() == value || above.doubleValue() == value) {
                return below.doubleValue() == value ? below : above;
            }
            digits++;
            decimal = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        }
        return decimal;
    }
}
