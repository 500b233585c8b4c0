package dev.outgrow.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.List;

/** A call of Java as a member of JSON: no argument is {@code true}, one is itself, several are an array. */
final class JsonWords {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private JsonWords() {}

    static String literal(String text) {
        return GSON.toJson(text);
    }

    static String member(JavaCall call) {
        List<String> arguments =
                call.arguments().stream().map(JavaCall::plain).map(GSON::toJson).toList();
        String value = switch (arguments.size()) {
            case 0 -> "true";
            case 1 -> arguments.get(0);
            default -> "[" + String.join(", ", arguments) + "]";
        };
        return "\"" + call.name() + "\": " + value;
    }
}
