package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.internal.parse.DecimalText;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Integers of two, four and eight bytes, from integers, and from doubles that are integers. */
final class IntegerEncoder implements ValueEncoder {
    private final int bytes;
    private final long most;
    private final boolean decimal;

    IntegerEncoder(PgType.Kind kind, Representation representation) {
        decimal = representation == Representation.DECIMAL;
        bytes = kind == PgType.Kind.SMALLINT ? 2 : kind == PgType.Kind.INTEGER ? 4 : 8;
        most = Long.MAX_VALUE >> (64 - 8 * bytes);
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        switch (value.storageClass()) {
            case NULL -> out.putNull();
            case INTEGER -> put(value.integer(), out);
            case REAL -> {
                double real = value.real();
                if (real != Math.rint(real) || Math.abs(real) > 0x1p53) {
                    throw new UnfitValueException(Misfit.Kind.FRACTION);
                }
                put((long) real, out);
            }
            case TEXT -> put(integer(value), out);
            case BLOB -> {
                boolean number = decimal
                        && DecimalText.measure(value.array(), value.start(), value.end()) != DecimalText.UNREADABLE;
                if (!number) {
                    throw new UnfitValueException(Misfit.Kind.BLOB_FOR_INTEGER);
                }
                put(integer(value), out);
            }
        }
    }

    private long integer(ValueSlot text) {
        long measured = decimal ? DecimalText.measure(text.array(), text.start(), text.end()) : DecimalText.UNREADABLE;
        if (measured == DecimalText.UNREADABLE || DecimalText.scale(measured) > 0) {
            throw new UnfitValueException(Misfit.Kind.TEXT_FOR_INTEGER);
        }
        long digits = DecimalText.digits(text.array(), text.start(), text.end());
        if (DecimalText.writtenScale(measured) == 0 && digits != Long.MIN_VALUE) {
            return digits;
        }
        if (DecimalText.integerDigits(measured) <= 19) {
            BigInteger number =
                    new BigDecimal(new String(text.bytes(), StandardCharsets.ISO_8859_1).strip()).toBigInteger();
            if (number.bitLength() < Long.SIZE) {
                return number.longValue();
            }
        }
        throw new UnfitValueException(Misfit.Kind.BEYOND_INTEGER);
    }

    private void put(long value, CopyBuffer out) {
        if (value > most || value < -most - 1) {
            throw new UnfitValueException(Misfit.Kind.BEYOND_INTEGER);
        }
        out.putInt(bytes);
        switch (bytes) {
            case 2 -> out.putShort((int) value);
            case 4 -> out.putInt((int) value);
            default -> out.putLong(value);
        }
    }
}
