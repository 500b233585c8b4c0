package dev.outgrow.typemap.internal.decode;

import java.math.BigDecimal;
import java.math.MathContext;

/** A double as SQLite prints it, with as many digits as it takes to read back to the same double. */
final class PrintedReal {
    private PrintedReal() {}

    static String of(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "Inf" : "-Inf";
        }
        if (value == 0) {
            return "0.0";
        }
        BigDecimal decimal =
                NumericProof.shortest(value, 15).round(new MathContext(17)).stripTrailingZeros();
        int exponent = decimal.precision() - 1 - decimal.scale();
        if (exponent >= -4 && exponent < 15) {
            return (decimal.scale() < 1 ? decimal.setScale(1) : decimal).toPlainString();
        }
        String mantissa = decimal.movePointLeft(exponent).toPlainString();
        String sign = exponent < 0 ? "-" : "+";
        String digits = Integer.toString(Math.abs(exponent));
        return mantissa + (mantissa.indexOf('.') < 0 ? ".0" : "") + "e" + sign + (digits.length() < 2 ? "0" : "")
                + digits;
    }
}
