package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.parse.JsonArrayText;

/** Whether the app wrote arrays as JSON. */
final class ArrayTests extends Tests {
    private final Notes notes;

    ArrayTests(Notes notes) {
        this.notes = notes;
    }

    @Override
    void text(byte[] text, RowKey key) {
        if (JsonArrayText.begins(text) && JsonArrayText.read(text) != null) {
            notes.note(Trait.JSON_ARRAY, key);
        }
    }
}
