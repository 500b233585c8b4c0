package dev.outgrow.typemap.internal.parse;

import java.nio.charset.StandardCharsets;

/** A walk through text that is known to be JSON, from token to token. */
final class JsonWalk {
    private static final String SPACE = " \t\n\r";
    private static final String END_OF_WORD = SPACE + ",]}";

    private final String text;
    private int at;

    JsonWalk(byte[] json) {
        this.text = new String(json, StandardCharsets.UTF_8);
    }

    /** The first character of the next token, where the walk stays. */
    char peek() {
        while (SPACE.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return text.charAt(at);
    }

    /** Goes past a bracket, a comma or a colon. */
    void step() {
        at++;
    }

    /** The string that begins here, unescaped. */
    String string() {
        int start = ++at;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return JsonKeys.unescaped(text.substring(start, at++));
    }

    /** The value that begins here, as it is written. */
    String document() {
        int start = at;
        int depth = 0;
        do {
            switch (peek()) {
                case '{', '[' -> {
                    step();
                    depth++;
                }
                case '}', ']' -> {
                    step();
                    depth--;
                }
                case ',', ':' -> step();
                case '"' -> string();
                default -> word();
            }
        } while (depth > 0);
        return text.substring(start, at);
    }

    /** The number, boolean or null that begins here. */
    String word() {
        int start = at;
        while (END_OF_WORD.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }
}
