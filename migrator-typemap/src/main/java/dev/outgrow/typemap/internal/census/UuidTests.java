package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.parse.UuidText;

/** The shapes of UUIDs. */
final class UuidTests extends Tests {
    private final Notes notes;

    UuidTests(Notes notes) {
        this.notes = notes;
    }

    @Override
    void integer(long value, RowKey key) {
        notes.note(Trait.NO_UUID, key);
    }

    @Override
    void real(double value, RowKey key) {
        notes.note(Trait.NO_UUID, key);
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        int digits = UuidText.digits(text, start, end);
        if (digits < 0) {
            notes.note(Trait.NO_UUID, key);
            return;
        }
        notes.note(UuidText.hasHyphens(text, digits) ? Trait.UUID_TEXT : Trait.UUID_HEX, key);
        if (hasLetter(text, digits, end, 'a')) {
            notes.note(Trait.LOWER_CASE, key);
        } else if (hasLetter(text, digits, end, 'A')) {
            notes.note(Trait.UPPER_CASE, key);
        }
        if (digits > start) {
            notes.note(Trait.WRITTEN_OTHERWISE, key);
        }
    }

    private static boolean hasLetter(byte[] text, int start, int end, char first) {
        for (int at = start; at < end; at++) {
            if (text[at] >= first && text[at] < first + 6) {
                return true;
            }
        }
        return false;
    }

    @Override
    void blob(byte[] blob, int start, int end, RowKey key) {
        notes.note(end - start == 16 ? Trait.UUID_BLOB : Trait.NO_UUID, key);
    }
}
