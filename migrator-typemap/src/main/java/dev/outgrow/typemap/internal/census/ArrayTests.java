package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.parse.JsonArrayText;
import java.util.Arrays;

/** Whether the app wrote arrays as JSON. */
final class ArrayTests extends Tests {
    private final Notes notes;

    ArrayTests(Notes notes) {
        this.notes = notes;
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        if (JsonArrayText.begins(text, start, end)
                && JsonArrayText.read(Arrays.copyOfRange(text, start, end)) != null) {
            notes.note(Trait.JSON_ARRAY, key);
        }
    }
}
