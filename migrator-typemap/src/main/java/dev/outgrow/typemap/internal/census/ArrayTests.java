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
        if (JsonArrayText.begins(text, start, end)) {
            byte[] array = Arrays.copyOfRange(text, start, end);
            if (JsonArrayText.read(array) != null || JsonArrayText.documents(array) != null) {
                notes.note(Trait.JSON_ARRAY, key);
            }
        }
    }
}
