package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.parse.JsonText;
import java.nio.charset.StandardCharsets;

/** Whether text is JSON, and JSON that jsonb keeps whole. */
final class JsonTests extends Tests {
    private final Notes notes;
    private final JsonText reader = new JsonText();

    JsonTests(Notes notes) {
        this.notes = notes;
    }

    @Override
    void integer(long value, RowKey key) {}

    @Override
    void real(double value, RowKey key) {
        byte[] text = Double.toString(value).getBytes(StandardCharsets.US_ASCII);
        text(text, 0, text.length, key);
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        int checked = reader.check(text, start, end);
        if (checked == JsonText.NO_JSON) {
            notes.note(Trait.NO_JSON, key);
            return;
        }
        if (isContainer(text, start, end)) {
            notes.note(Trait.JSON_CONTAINER, key);
        }
        if (checked == 0) {
            return;
        }
        if ((checked & JsonText.NO_JSONB) != 0) {
            notes.note(Trait.NO_JSONB, key);
        }
        if ((checked & JsonText.DUPLICATE_KEYS) != 0) {
            notes.note(Trait.DUPLICATE_KEYS, key);
        }
    }

    /** Whether a document, which begins after white space, is an array or object. */
    private static boolean isContainer(byte[] text, int start, int end) {
        int at = start;
        while (at < end && text[at] <= ' ' && text[at] >= 0) {
            at++;
        }
        return at < end && (text[at] == '{' || text[at] == '[');
    }
}
