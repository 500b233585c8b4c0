package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.parse.IntervalText;
import dev.outgrow.typemap.internal.parse.TimeText;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Intervals from text, from times since 1970, and from numbers of a unit that a rule names. In a duration, 24 hours are
 * a day; numbers for which only the representation is named become hours and less.
 */
final class IntervalEncoder implements ValueEncoder {
    /** 1970-01-01 in microseconds since 2000. */
    private static final long EPOCH_MICROS = -946_684_800_000_000L;

    private final Representation representation;
    private final @Nullable BigDecimal unit;
    /** Whether a number as text counts seconds, as PostgreSQL's input function has it. */
    private final boolean bare;
    /** The unit to which the type rounds, in microseconds. */
    private final long kept;

    IntervalEncoder(TypeMapping mapping) {
        this(mapping, false);
    }

    IntervalEncoder(TypeMapping mapping, boolean bare) {
        this.bare = bare;
        representation = mapping.representation();
        unit = IntervalUnits.micros(mapping);
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
            case INTEGER -> number(BigDecimal.valueOf(value.integer()), Misfit.Kind.INTEGER_FOR_INTERVAL, out);
            case REAL -> {
                if (!Double.isFinite(value.real())) {
                    throw new UnfitValueException(Misfit.Kind.UNREACHED_INTERVAL);
                }
                number(new BigDecimal(value.real()), Misfit.Kind.DOUBLE_FOR_INTERVAL, out);
            }
            case TEXT -> put(text(value), Misfit.Kind.NO_INTERVAL, out);
            case BLOB -> throw new UnfitValueException(Misfit.Kind.BLOB_FOR_INTERVAL);
        }
    }

    private @Nullable IntervalText text(ValueSlot text) {
        if (representation != Representation.LITERAL_TEXT && representation != Representation.ISO_TEXT) {
            return null;
        }
        IntervalText read = IntervalText.read(text.bytes(), bare);
        return read == null && !bare ? sinceEpoch(text) : read;
    }

    /** What has passed since 1970 at a time without an offset, as SQLAlchemy writes a duration. */
    private static @Nullable IntervalText sinceEpoch(ValueSlot text) {
        long reading = TimeText.read(text.array(), text.start(), text.end());
        return TimeText.isPlainNaive(reading)
                ? IntervalText.ofMicros(BigDecimal.valueOf(TimeText.micros(reading) - EPOCH_MICROS))
                : null;
    }

    private void number(BigDecimal number, Misfit.Kind without, CopyBuffer out) {
        if (unit == null) {
            throw new UnfitValueException(without);
        }
        BigDecimal micros = number.multiply(unit);
        put(
                representation == Representation.SINCE_EPOCH
                        ? IntervalText.ofMicros(micros)
                        : IntervalText.ofClock(micros),
                Misfit.Kind.UNREACHED_INTERVAL,
                out);
    }

    private void put(@Nullable IntervalText interval, Misfit.Kind otherwise, CopyBuffer out) {
        if (interval == null) {
            throw new UnfitValueException(otherwise);
        }
        out.putInt(16);
        out.putLong(rounded(interval.micros()));
        out.putInt(interval.days());
        out.putInt(interval.months());
    }

    /** To the digits of a second that the type keeps; ties are rounded away from zero, as on the server. */
    private long rounded(long micros) {
        if (kept == 1) {
            return micros;
        }
        long half = micros < 0 ? -kept / 2 : kept / 2;
        return (micros + half) / kept * kept;
    }
}
