package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;

/** Whether text has blanks at its end, which a type that fills values with blanks loses. */
final class PaddingTests extends Tests {
    private final Notes notes;

    PaddingTests(Notes notes) {
        this.notes = notes;
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        if (end > start && text[end - 1] == ' ') {
            notes.note(Trait.TRAILING_BLANK, key);
        }
    }

    @Override
    void blob(byte[] blob, int start, int end, RowKey key) {
        text(blob, start, end, key);
    }
}
