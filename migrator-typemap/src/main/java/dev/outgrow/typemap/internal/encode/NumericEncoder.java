package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.parse.DecimalText;
import dev.outgrow.typemap.internal.parse.FloatWord;
import dev.outgrow.typemap.internal.parse.ShortestDecimal;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Decimals: integers, text, and doubles as their shortest decimals. PostgreSQL keeps four decimal digits in each of its own,
 * counted from the point.
 */
final class NumericEncoder implements ValueEncoder {
    private static final long[] TENS = new long[19];

    static {
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) {
            TENS[i] = TENS[i - 1] * 10;
        }
    }

    private static final int MOST_INTEGER_DIGITS = 131_072;
    private static final int MOST_SCALE = 16_383;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xc000;
    private static final int INFINITY = 0xd000;
    private static final int NEGATIVE_INFINITY = 0xf000;

    private final boolean limited;
    private final boolean finite;
    private final int mostIntegerDigits;
    private final int mostScale;

    /**
     * An encoder.
     *
     * @param infinite whether the server's type holds infinities if it has no precision
     */
    NumericEncoder(PgType type, boolean infinite) {
        limited = type.precision().isPresent();
        finite = !infinite || limited;
        mostScale = limited ? type.scale().orElse(0) : MOST_SCALE;
        mostIntegerDigits = limited ? type.precision().getAsInt() - mostScale : MOST_INTEGER_DIGITS;
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        switch (value.storageClass()) {
            case NULL -> out.putNull();
            case INTEGER -> {
                long integer = value.integer();
                if (integer == Long.MIN_VALUE) {
                    put(BigDecimal.valueOf(integer), out);
                } else {
                    put(integer, 0, out);
                }
            }
            case REAL -> real(value.real(), out);
            case TEXT -> text(value, out);
            case BLOB -> {
                if (DecimalText.measure(value.array(), value.start(), value.end()) == DecimalText.UNREADABLE) {
                    throw new UnfitValueException(Misfit.Kind.BLOB_FOR_NUMBER);
                }
                text(value, out);
            }
        }
    }

    private void text(ValueSlot text, CopyBuffer out) {
        long measured = DecimalText.measure(text.array(), text.start(), text.end());
        if (measured == DecimalText.UNREADABLE) {
            FloatWord word = FloatWord.of(text.array(), text.start(), text.end());
            if (word != FloatWord.NONE) {
                real(word.value(), out);
                return;
            }
            throw new UnfitValueException(Misfit.Kind.NO_NUMBER);
        }
        check(DecimalText.integerDigits(measured), DecimalText.scale(measured));
        long digits = DecimalText.digits(text.array(), text.start(), text.end());
        int scale = DecimalText.writtenScale(measured);
        if (digits != Long.MIN_VALUE && scale <= mostScale) {
            put(digits, scale, out);
        } else {
            put(new BigDecimal(new String(text.bytes(), StandardCharsets.ISO_8859_1).strip()), out);
        }
    }

    private void real(double value, CopyBuffer out) {
        if (!Double.isFinite(value)) {
            if (finite && Double.isInfinite(value)) {
                throw new UnfitValueException(Misfit.Kind.INFINITE);
            }
            out.putInt(8);
            out.putInt(0);
            out.putShort(Double.isNaN(value) ? NAN : value > 0 ? INFINITY : NEGATIVE_INFINITY);
            out.putShort(0);
            return;
        }
        int scale = ShortestDecimal.quickScale(value);
        if (scale >= 0) {
            put(ShortestDecimal.quickDigits(value, scale), scale, out);
        } else {
            put(ShortestDecimal.of(value), out);
        }
    }

    private void check(int integerDigits, int scale) {
        if (integerDigits > mostIntegerDigits || scale > mostScale) {
            throw new UnfitValueException(Misfit.Kind.BEYOND_DECIMAL);
        }
    }

    /** Puts {@code digits / 10^scale} without allocation. */
    private void put(long digits, int scale, CopyBuffer out) {
        long magnitude = Math.abs(digits);
        long whole = magnitude / TENS[scale];
        long rest = magnitude - whole * TENS[scale];
        if (scale > mostScale || (limited && mostIntegerDigits < 19 && whole >= TENS[mostIntegerDigits])) {
            throw new UnfitValueException(Misfit.Kind.BEYOND_DECIMAL);
        }
        int groups = 0;
        for (long left = whole; left != 0; left /= 10_000) {
            groups++;
        }
        int behind = (scale + 3) / 4;
        head(groups + behind, groups - 1, digits < 0, scale, out);
        for (int place = groups - 1; place >= 0; place--) {
            out.putShort((int) (whole / TENS[4 * place] % 10_000));
        }
        for (int left = scale; left > 0; left -= 4) {
            if (left >= 4) {
                out.putShort((int) (rest / TENS[left - 4]));
                rest %= TENS[left - 4];
            } else {
                out.putShort((int) (rest * TENS[4 - left]));
            }
        }
    }

    private void put(BigDecimal number, CopyBuffer out) {
        BigDecimal plain =
                number.signum() == 0 || number.scale() < 0 ? number.setScale(Math.max(0, number.scale())) : number;
        if (plain.signum() != 0) {
            BigDecimal stripped = plain.stripTrailingZeros();
            check(stripped.precision() - stripped.scale(), stripped.scale());
        }
        int scale = Math.min(plain.scale(), mostScale);
        plain = plain.setScale(scale).abs();
        String digits = plain.unscaledValue().toString();
        int whole = Math.max(0, digits.length() - scale);
        int groups = (whole + 3) / 4;
        int behind = (scale + 3) / 4;
        head(groups + behind, groups - 1, number.signum() < 0, scale, out);
        for (int group = groups - 1; group >= -behind; group--) {
            int value = 0;
            for (int place = 4 * group + 3; place >= 4 * group; place--) {
                int at = digits.length() - 1 - scale - place;
                value = value * 10 + (at >= 0 && at < digits.length() ? digits.charAt(at) - '0' : 0);
            }
            out.putShort(value);
        }
    }

    private static void head(int digits, int weight, boolean negative, int scale, CopyBuffer out) {
        out.putInt(8 + 2 * digits);
        out.putShort(digits);
        out.putShort(weight);
        out.putShort(negative ? NEGATIVE : 0);
        out.putShort(scale);
    }
}
