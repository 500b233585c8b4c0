package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.parse.IntervalText;
import dev.outgrow.typemap.internal.value.ValueSlot;

/** Intervals from text, and from numbers of a unit that a rule names: hours and less, never days. */
final class IntervalEncoder implements ValueEncoder {
    private final Representation representation;
    /** The unit to which the type rounds, in microseconds. */
    private final long kept;

    IntervalEncoder(TypeMapping mapping) {
        representation = mapping.representation();
        long micros = 1;
        for (int i = mapping.type().fractionDigits().orElse(6); i < 6; i++) {
            micros *= 10;
        }
        kept = micros;
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        switch (value.storageClass()) {
            case NULL -> out.putNull();
            case INTEGER -> put(micros(value.integer()), 0, 0, out);
            case TEXT -> {
                IntervalText read =
                        representation == Representation.LITERAL_TEXT ? IntervalText.read(value.bytes()) : null;
                if (read == null) {
                    throw new UnfitValueException(Misfit.Kind.NO_INTERVAL);
                }
                put(read.micros(), read.days(), read.months(), out);
            }
            case REAL -> throw new UnfitValueException(Misfit.Kind.DOUBLE_FOR_INTERVAL);
            case BLOB -> throw new UnfitValueException(Misfit.Kind.BLOB_FOR_INTERVAL);
        }
    }

    private long micros(long number) {
        long unit = IntervalUnits.micros(representation);
        if (unit == 0) {
            throw new UnfitValueException(Misfit.Kind.INTEGER_FOR_INTERVAL);
        }
        long micros = number * unit;
        if (Math.multiplyHigh(number, unit) != micros >> 63) {
            throw new UnfitValueException(Misfit.Kind.UNREACHED_INTERVAL);
        }
        return micros;
    }

    private void put(long micros, int days, int months, CopyBuffer out) {
        out.putInt(16);
        out.putLong(rounded(micros));
        out.putInt(days);
        out.putInt(months);
    }

    /** To the digits of a second that the type keeps; a tie goes away from zero, as the server has it. */
    private long rounded(long micros) {
        if (kept == 1) {
            return micros;
        }
        long half = micros < 0 ? -kept / 2 : kept / 2;
        return (micros + half) / kept * kept;
    }
}
