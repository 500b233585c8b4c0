package dev.outgrow.typemap.internal.parse;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The decimal of fewest digits that reads back to the same double. */
public final class ShortestDecimal {
    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };
    /** A decimal of at most 15 digits is the only one of that many within the reach of its double. */
    private static final double MOST = 1e15;

    private static final RoundingMode[] NEAREST_FIRST = {RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN};

    private ShortestDecimal() {}

    /**
     * The digits after the point if the decimal has at most 15 digits and 18 after the point; -1 if it takes {@link
     * #of(double)}.
     */
    public static int quickScale(double value) {
        if (!(Math.abs(value) < MOST)) {
            return -1;
        }
        for (int scale = 0; scale < TENS.length; scale++) {
            double digits = Math.rint(value * TENS[scale]);
            if (Math.abs(digits) >= MOST) {
                return -1;
            }
            if (digits / TENS[scale] == value) {
                return scale;
            }
        }
        return -1;
    }

    /** The digits of a value with a {@link #quickScale}, as an integer. */
    public static long quickDigits(double value, int scale) {
        return (long) Math.rint(value * TENS[scale]);
    }

    /**
     * The decimal of a finite double, without zeros at its end. One of at most 15 digits is the only one of that many that reads
     * back, unless the double is subnormal and keeps fewer; above that the nearest need not be the one that does.
     */
    public static BigDecimal of(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = Math.abs(value) < Double.MIN_NORMAL ? 1 : 15; digits < 17; digits++) {
            for (RoundingMode rounding : NEAREST_FIRST) {
                BigDecimal shorter = exact.round(new MathContext(digits, rounding));
                if (shorter.doubleValue() == value) {
                    return stripped(shorter);
                }
            }
        }
        return stripped(exact.round(new MathContext(17, RoundingMode.HALF_EVEN)));
    }

    private static BigDecimal stripped(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
