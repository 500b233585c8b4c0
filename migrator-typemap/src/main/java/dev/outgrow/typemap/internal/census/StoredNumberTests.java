package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.parse.DecimalText;
import dev.outgrow.typemap.internal.parse.FloatWord;

/** What text and blobs are in columns of numbers: words without digits, and digits as bytes. */
class StoredNumberTests extends Tests {
    final Notes notes;

    StoredNumberTests(Notes notes) {
        this.notes = notes;
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        if (FloatWord.of(text, start, end) != FloatWord.NONE) {
            notes.note(Trait.FLOAT_WORD, key);
        }
    }

    @Override
    void blob(byte[] blob, int start, int end, RowKey key) {
        boolean number = DecimalText.measure(blob, start, end) != DecimalText.UNREADABLE;
        notes.note(number ? Trait.READABLE_BLOB : Trait.UNREADABLE_BLOB, key);
    }
}
