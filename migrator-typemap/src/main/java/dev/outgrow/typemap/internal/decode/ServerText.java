package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Values as PostgreSQL prints them, in UTC. */
final class ServerText {
    /** A double is printed with an exponent from 1e+15 on, a real from 1e+06 on. */
    private static final int MOST_DIGITS_OF_DOUBLE = 15;

    private static final int MOST_DIGITS_OF_REAL = 6;

    private ServerText() {}

    /**
     * A value of the target.
     *
     * @param kept the same in SQLite's terms
     */
    static String of(PgType type, byte[] target, int offset, int length, ValueSlot kept) {
        return switch (type.kind()) {
            case JSON -> new String(target, offset, length, StandardCharsets.UTF_8);
            case NUMERIC -> numeric(plain(kept), Wire.int2(target, offset + 6));
            default -> of(type, kept);
        };
    }

    /**
     * How a text would be printed.
     *
     * @param kept what it means, in SQLite's terms
     */
    static String of(PgType type, String text, ValueSlot kept) {
        if (type.kind() != PgType.Kind.NUMERIC) {
            return of(type, kept);
        }
        BigDecimal written = NumericProof.decimal(text.getBytes(StandardCharsets.UTF_8));
        return numeric(plain(kept), type.scale().orElse(written == null ? 0 : Math.max(0, written.scale())));
    }

    /** A value whose type alone says how it is printed. */
    static String of(PgType type, ValueSlot kept) {
        String plain = plain(kept);
        return switch (type.kind()) {
            case BOOLEAN -> kept.integer() == 1 ? "t" : "f";
            case TIMESTAMPTZ -> plain.endsWith("infinity") ? plain : plain + "+00";
            case REAL -> kept.storageClass() == StorageClass.REAL ? real((float) kept.real()) : plain;
            case DOUBLE_PRECISION -> kept.storageClass() == StorageClass.REAL ? real(kept.real()) : plain;
            default -> plain;
        };
    }

    private static String numeric(String plain, int scale) {
        BigDecimal decimal = NumericProof.decimal(plain.getBytes(StandardCharsets.US_ASCII));
        return decimal == null
                ? plain
                : decimal.setScale(Math.max(scale, decimal.scale()), RoundingMode.UNNECESSARY)
                        .toPlainString();
    }

    private static String real(float value) {
        return Float.isFinite(value)
                ? digits(shortest(value), MOST_DIGITS_OF_REAL, value < 0 || 1 / value < 0)
                : Float.toString(value);
    }

    private static BigDecimal shortest(float value) {
        BigDecimal exact = new BigDecimal(value);
        int digits = 1;
        while (exact.round(new MathContext(digits)).floatValue() != value) {
            digits++;
        }
        return exact.round(new MathContext(digits));
    }

    private static String real(double value) {
        return Double.isFinite(value)
                ? digits(
                        NumericProof.shortest(value).round(new MathContext(17)),
                        MOST_DIGITS_OF_DOUBLE,
                        value < 0 || 1 / value < 0)
                : Double.toString(value);
    }

    private static String digits(BigDecimal number, int mostDigits, boolean negative) {
        if (number.signum() == 0) {
            return negative ? "-0" : "0";
        }
        BigDecimal stripped = number.stripTrailingZeros();
        int exponent = stripped.precision() - 1 - stripped.scale();
        if (exponent >= -4 && exponent < mostDigits) {
            return stripped.toPlainString();
        }
        String digits = Integer.toString(Math.abs(exponent));
        return stripped.movePointLeft(exponent).toPlainString() + "e" + (exponent < 0 ? "-" : "+")
                + (digits.length() < 2 ? "0" : "") + digits;
    }

    /** A value as its digits, its text, or the hexadecimal form of its bytes. */
    static String plain(ValueSlot value) {
        return switch (value.storageClass()) {
            case NULL -> "";
            case INTEGER -> Long.toString(value.integer());
            case REAL ->
                Double.isFinite(value.real())
                        ? NumericProof.shortest(value.real()).toPlainString()
                        : Double.toString(value.real());
            case TEXT -> new String(value.bytes(), StandardCharsets.UTF_8);
            case BLOB -> "\\x" + HexFormat.of().formatHex(value.bytes());
        };
    }
}
