package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.parse.Words;

/** Whether values are booleans. */
final class BooleanTests extends Tests {
    private final Notes notes;

    BooleanTests(Notes notes) {
        this.notes = notes;
    }

    @Override
    void integer(long value, RowKey key) {
        if ((value & ~1L) != 0) {
            notes.note(Trait.NOT_ZERO_OR_ONE, key);
        }
    }

    @Override
    void real(double value, RowKey key) {
        if (value != 0 && value != 1) {
            notes.note(Trait.NOT_ZERO_OR_ONE, key);
        }
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        if (Words.booleanOf(text, start, end) < 0) {
            notes.note(Trait.NO_BOOLEAN, key);
        }
    }
}
