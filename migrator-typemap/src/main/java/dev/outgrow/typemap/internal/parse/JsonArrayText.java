package dev.outgrow.typemap.internal.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A JSON array of strings, numbers, booleans and null, or of such arrays, or of documents, as an array of PostgreSQL's. */
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

    /**
     * The values of the array as they are written, null for JSON's null; null if the text is no JSON array, or has arrays among
     * its values, which may as well be a further dimension.
     */
    public static @Nullable ArrayParts documents(byte[] bytes) {
        if (!begins(bytes, 0, bytes.length) || new JsonText().check(bytes) == JsonText.NO_JSON) {
            return null;
        }
        JsonWalk json = new JsonWalk(bytes);
        json.peek();
        json.step();
        List<@Nullable String> documents = new ArrayList<>();
        for (char next = json.peek(); next != ']'; next = json.peek()) {
            if (next == '[') {
                return null;
            }
            if (next == ',') {
                json.step();
            } else {
                String document = json.document();
                documents.add(document.equals("null") ? null : document);
            }
        }
        return ArrayParts.of(documents);
    }

    /** The values of the array and of those within it, as they are written; none if the text is no JSON array. */
    public static Stream<String> values(byte[] bytes) {
        List<String> values = new ArrayList<>();
        Optional<String> text = replaced(bytes, value -> {
            values.add(value);
            return value;
        });
        return text.isPresent() ? values.stream() : Stream.empty();
    }

    /** The array with each value, as it is written, replaced; empty if the text is no JSON array. */
    public static Optional<String> replaced(byte[] bytes, UnaryOperator<String> replacement) {
        if (!begins(bytes, 0, bytes.length) || new JsonText().check(bytes) == JsonText.NO_JSON) {
            return Optional.empty();
        }
        JsonWalk json = new JsonWalk(bytes);
        StringBuilder text = new StringBuilder();
        int depth = 0;
        do {
            char next = json.peek();
            switch (next) {
                case '[', ']', ',' -> {
                    json.step();
                    text.append(next);
                    depth += next == '[' ? 1 : next == ']' ? -1 : 0;
                }
                default -> text.append(replacement.apply(json.document()));
            }
        } while (depth > 0);
        return Optional.of(text.toString());
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
