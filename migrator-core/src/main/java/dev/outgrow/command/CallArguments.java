package dev.outgrow.command;

import dev.outgrow.command.JsonPart.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The arguments of a call in a file of rules: {@code true} for none, one by itself, several as an array. */
final class CallArguments {
    private final JsonPart name;
    private final JsonPart value;
    private final List<JsonPart> parts;

    CallArguments(JsonPart name, JsonPart value) {
        this.name = name;
        this.value = value;
        this.parts = switch (value.kind()) {
            case TRUE -> List.of();
            case ARRAY -> value.items();
            case STRING, NUMBER, FALSE, NULL, OBJECT -> List.of(value);
        };
    }

    int count() {
        return parts.size();
    }

    /** Checks that there are none. */
    void demandNone() {
        if (value.kind() != Kind.TRUE) {
            throw RulesFileFault.at(value, "\"" + name.text() + "\" takes true and nothing else");
        }
    }

    /**
     * Checks that there are this many.
     *
     * @param what they are, as messages say it
     */
    void demand(int least, int most, String what) {
        if (parts.size() < least || parts.size() > most) {
            throw RulesFileFault.at(value, "\"" + name.text() + "\" takes " + what);
        }
    }

    /** One of them, which must be a text. */
    String text(int index) {
        JsonPart part = parts.get(index);
        if (part.kind() != Kind.STRING) {
            throw RulesFileFault.at(
                    part,
                    "\"" + name.text() + "\" takes text in double quotes, and this is "
                            + part.kind().words());
        }
        if (part.text().isEmpty()) {
            throw RulesFileFault.at(part, "a text of \"" + name.text() + "\" is empty");
        }
        return part.text();
    }

    /** All of them, which must be texts. */
    String[] texts() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            texts.add(text(i));
        }
        return texts.toArray(String[]::new);
    }

    /** The only one, which must be an object of texts. */
    Map<String, String> map() {
        if (value.kind() != Kind.OBJECT) {
            throw RulesFileFault.at(value, "\"" + name.text() + "\" takes an object such as {\"old\": \"new\"}");
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (JsonPart.Member member : value.members()) {
            if (member.value().kind() != Kind.STRING) {
                throw RulesFileFault.at(member.value(), "\"" + name.text() + "\" takes texts in double quotes");
            }
            map.put(member.name().text(), member.value().text());
        }
        return map;
    }

    /** One of them, which must be a constant. */
    <E extends Enum<E>> E constant(int index, Class<E> type) {
        String text = text(index);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw fault(
                index,
                "\"" + text + "\" is none of "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                                        .toList()));
    }

    /**
     * Reads one of them.
     *
     * @param reading throws an unchecked exception if the argument does not fit
     * @param what it should be
     */
    <T> T read(int index, Function<String, T> reading, String what) {
        String text = text(index);
        try {
            return reading.apply(text);
        } catch (RuntimeException e) {
            throw fault(index, "\"" + text + "\" is not " + what);
        }
    }

    private RulesFileFault fault(int index, String what) {
        return RulesFileFault.at(parts.get(index), what);
    }
}
