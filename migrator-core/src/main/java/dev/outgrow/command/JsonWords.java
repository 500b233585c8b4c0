package dev.outgrow.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.List;

/** A call of Java as a member of a JSON object: no argument is {@code true}, one is itself, several are an array. */
final class JsonWords {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private JsonWords() {}

    static String literal(String text) {
        return GSON.toJson(text);
    }

    static String member(JavaCall call) {
        List<String> arguments = call.arguments().stream()
                .flatMap(argument -> values(argument).stream())
                .toList();
        String value = switch (arguments.size()) {
            case 0 -> "true";
            case 1 -> arguments.get(0);
            default -> "[" + String.join(", ", arguments) + "]";
        };
        return literal(call.name()) + ": " + value;
    }

    /** A map is an object, a convention is its name and its zone. */
    private static List<String> values(String argument) {
        if (argument.startsWith("Map.of(")) {
            return List.of(object(inside(argument).arguments()));
        }
        if (argument.startsWith("Conventions.")) {
            List<String> values =
                    new ArrayList<>(List.of(literal(inside(argument).name())));
            inside(argument).arguments().forEach(each -> values.add(literal(JavaCall.plain(each))));
            return values;
        }
        return List.of(literal(JavaCall.plain(argument)));
    }

    private static JavaCall inside(String argument) {
        return JavaChain.in(argument).orElseThrow().calls().get(0);
    }

    private static String object(List<String> pairs) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            members.add(literal(JavaCall.plain(pairs.get(i))) + ": " + literal(JavaCall.plain(pairs.get(i + 1))));
        }
        return "{" + String.join(", ", members) + "}";
    }
}
