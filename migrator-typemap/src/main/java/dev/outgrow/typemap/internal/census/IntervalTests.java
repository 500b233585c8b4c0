package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.encode.IntervalUnits;
import dev.outgrow.typemap.internal.parse.IntervalText;
import dev.outgrow.typemap.internal.parse.TimeText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whether intervals have more digits of a second than their type keeps, and whether text is a time since 1970. */
final class IntervalTests extends Tests {
    private final Notes notes;
    private final @Nullable BigDecimal unit;
    /** The microseconds of the last digit that the type keeps. */
    private final long kept;

    IntervalTests(TypeMapping mapping, Notes notes) {
        this.notes = notes;
        unit = IntervalUnits.micros(mapping);
        long micros = 1;
        for (int i = mapping.type().fractionDigits().orElse(6); i < 6; i++) {
            micros *= 10;
        }
        kept = micros;
    }

    @Override
    void integer(long value, RowKey key) {
        if (unit != null) {
            note(IntervalText.ofMicros(BigDecimal.valueOf(value).multiply(unit)), key);
        }
    }

    /** A double whose microseconds come back as the same double has lost nothing. */
    @Override
    void real(double value, RowKey key) {
        if (unit == null || !Double.isFinite(value)) {
            return;
        }
        BigDecimal micros = new BigDecimal(value).multiply(unit).setScale(0, RoundingMode.HALF_EVEN);
        if (micros.divide(unit, 25, RoundingMode.HALF_EVEN).doubleValue() != value) {
            notes.note(Trait.BEYOND_MICROSECOND, key);
        } else {
            note(IntervalText.ofMicros(micros), key);
        }
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        long reading = TimeText.read(text, start, end);
        if (TimeText.isPlainNaive(reading)) {
            notes.note(Trait.NAIVE_TIME, key);
            if (TimeText.wasRounded(reading) || TimeText.micros(reading) % kept != 0) {
                notes.note(Trait.BEYOND_MICROSECOND, key);
            }
            return;
        }
        note(IntervalText.read(Arrays.copyOfRange(text, start, end), true), key);
    }

    private void note(@Nullable IntervalText interval, RowKey key) {
        if (interval != null && (interval.isRounded() || interval.micros() % kept != 0)) {
            notes.note(Trait.BEYOND_MICROSECOND, key);
        }
    }
}
