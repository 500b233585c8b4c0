package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.encode.IntervalUnits;
import dev.outgrow.typemap.internal.parse.IntervalText;
import java.util.Arrays;

/** Whether intervals have more digits of a second than their type keeps. */
final class IntervalTests extends Tests {
    private final TypeMapping mapping;
    private final Notes notes;
    /** The microseconds of the last digit that the type keeps. */
    private final long kept;

    IntervalTests(TypeMapping mapping, Notes notes) {
        this.mapping = mapping;
        this.notes = notes;
        long micros = 1;
        for (int i = mapping.type().fractionDigits().orElse(6); i < 6; i++) {
            micros *= 10;
        }
        kept = micros;
    }

    @Override
    void integer(long value, RowKey key) {
        note(value * IntervalUnits.micros(mapping.representation()), key);
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        IntervalText read = kept == 1 ? null : IntervalText.read(Arrays.copyOfRange(text, start, end));
        if (read != null) {
            note(read.micros(), key);
        }
    }

    private void note(long micros, RowKey key) {
        if (micros % kept != 0) {
            notes.note(Trait.BEYOND_MICROSECOND, key);
        }
    }
}
