package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.parse.NumberText;

/** Whether text that becomes a number would come back as the same text. */
final class NumberTests extends Tests {
    /** How the type writes a number. */
    @FunctionalInterface
    interface Spelling {
        NumberText of(byte[] text, int start, int end);
    }

    private final Spelling spelling;
    private final Notes notes;

    NumberTests(Spelling spelling, Notes notes) {
        this.spelling = spelling;
        this.notes = notes;
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        note(spelling.of(text, start, end), notes, key);
    }

    static void note(NumberText written, Notes notes, RowKey key) {
        switch (written) {
            case SAME -> {}
            case OTHERWISE -> notes.note(Trait.WRITTEN_OTHERWISE, key);
            case SHORTENED -> notes.note(Trait.SHORTENED, key);
        }
    }
}
