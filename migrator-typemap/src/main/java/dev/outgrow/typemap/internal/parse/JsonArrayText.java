package dev.outgrow.typemap.internal.parse;

import org.jspecify.annotations.Nullable;

/** A JSON array of strings, numbers, booleans and null, or of such arrays, as an array of PostgreSQL's. */
public final class JsonArrayText {
    private JsonArrayText() {}

    /** Whether the text begins like a JSON array; PostgreSQL's own text of an array whose indexes begin at 1 never does. */
    public static boolean begins(byte[] text, int start, int end) {
        int at = Words.start(text, start, end);
        return at < end && text[at] == '[';
    }

    /** The array; null if the text is none, or none that PostgreSQL takes. */
    public static @Nullable ArrayParts read(byte[] bytes) {
        return begins(bytes, 0, bytes.length)
                        && (new JsonText().check(bytes) & (JsonText.NO_JSON | JsonText.NO_JSONB)) == 0
                ? parts(new JsonWalk(bytes))
                : null;
    }

    private static @Nullable ArrayParts parts(JsonWalk json) {
        ArrayShape shape = new ArrayShape();
        do {
            switch (json.peek()) {
                case ',' -> json.step();
                case '{' -> {
                    return null;
                }
                case '[' -> {
                    json.step();
                    shape.open();
                }
                case ']' -> {
                    json.step();
                    shape.close();
                }
                case '"' -> shape.element(json.string());
                default -> {
                    String word = json.word();
                    shape.element(word.equals("null") ? null : word);
                }
            }
            if (shape.isBroken()) {
                return null;
            }
        } while (!shape.isClosed());
        return shape.parts();
    }
}
