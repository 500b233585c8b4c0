package dev.outgrow.typemap.internal.parse;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A double as SQLite prints it: 15 significant digits and always a point. If 15 digits do not read back to the same
 * double, it has as many as needed: a value that moves must not change. Negative zero is printed without its sign.
 */
public final class SqliteReal {
    private SqliteReal() {}

    /** The text of the double. */
    public static String text(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "Inf" : "-Inf";
        }
        if (value == 0) {
            return "0.0";
        }
        BigDecimal decimal = new BigDecimal(value).round(new MathContext(15, RoundingMode.HALF_EVEN));
        if (decimal.doubleValue() != value) {
            decimal = ShortestDecimal.of(value);
        }
        String digits = decimal.abs().stripTrailingZeros().unscaledValue().toString();
        int exponent = digits.length() - 1 - decimal.stripTrailingZeros().scale();
        String sign = value < 0 ? "-" : "";
        if (exponent < -4 || exponent >= 15) {
            String rest = digits.length() == 1 ? "0" : digits.substring(1);
            String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
            return sign + digits.charAt(0) + "." + rest + (exponent < 0 ? "e-" : "e+") + power;
        }
        String plain = decimal.abs().stripTrailingZeros().toPlainString();
        return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }
}
