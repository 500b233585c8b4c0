package dev.outgrow.typemap.internal.parse;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A JSON object of strings, numbers, booleans and null, as keys and values of text. */
public final class JsonObjectText {
    private JsonObjectText() {}

    /** Whether the text begins as a JSON object or array does. */
    public static boolean begins(byte[] text) {
        int at = Words.start(text, 0, text.length);
        return at < text.length && (text[at] == '{' || text[at] == '[');
    }

    /** Its members, null for null; null as a whole if the text is no such object, has a key twice or a {@code \u0000}. */
    public static @Nullable Map<String, @Nullable String> read(byte[] bytes) {
        int at = Words.start(bytes, 0, bytes.length);
        return at < bytes.length && bytes[at] == '{' && new JsonText().check(bytes) == 0
                ? members(new JsonWalk(bytes))
                : null;
    }

    private static @Nullable Map<String, @Nullable String> members(JsonWalk json) {
        Map<String, @Nullable String> members = new LinkedHashMap<>();
        json.peek();
        json.step();
        while (json.peek() != '}') {
            if (json.peek() == ',') {
                json.step();
                json.peek();
            }
            String key = json.string();
            json.peek();
            json.step();
            switch (json.peek()) {
                case '[', '{' -> {
                    return null;
                }
                case '"' -> members.put(key, json.string());
                default -> {
                    String word = json.word();
                    members.put(key, Objects.equals(word, "null") ? null : word);
                }
            }
        }
        return members;
    }
}
