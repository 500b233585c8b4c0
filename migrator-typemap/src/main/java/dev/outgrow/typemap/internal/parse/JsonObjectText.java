package dev.outgrow.typemap.internal.parse;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A JSON object of strings, numbers, booleans and null, as keys and values of text. */
public final class JsonObjectText {
    private final String text;
    private int at;

    private JsonObjectText(String text) {
        this.text = text;
    }

    /** Whether the text begins as a JSON object or array does. */
    public static boolean begins(byte[] text) {
        int at = Words.start(text, 0, text.length);
        return at < text.length && (text[at] == '{' || text[at] == '[');
    }

    /** Its members, null for null; null as a whole if the text is no such object, has a key twice or a {@code \u0000}. */
    public static @Nullable Map<String, @Nullable String> read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        return text.startsWith("{") && new JsonText().check(bytes) == 0 ? new JsonObjectText(text).members() : null;
    }

    /** The text is known to be an object, so that only what kind of values there are is left to see. */
    private @Nullable Map<String, @Nullable String> members() {
        Map<String, @Nullable String> members = new LinkedHashMap<>();
        at++;
        for (skip(); text.charAt(at) != '}'; skip()) {
            String key = string();
            skip();
            switch (text.charAt(at)) {
                case '[', '{' -> {
                    return null;
                }
                case '"' -> members.put(key, string());
                default -> {
                    String word = word();
                    members.put(key, Objects.equals(word, "null") ? null : word);
                }
            }
        }
        return members;
    }

    private String string() {
        int start = ++at;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return JsonKeys.unescaped(text.substring(start, at++));
    }

    private String word() {
        int start = at;
        while (",} \t\n\r".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skip() {
        while (",: \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
