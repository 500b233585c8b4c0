package dev.outgrow.command;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A part of a JSON text, and where it begins.
 *
 * @param text the text of a string; for a number, {@code true}, {@code false} and {@code null} as it is written; else
 *     empty
 * @param items of an array
 * @param members of an object, in their order
 * @param line from 1
 * @param column from 1, counted in characters
 */
record JsonPart(Kind kind, String text, List<JsonPart> items, List<Member> members, int line, int column) {
    /** What it is. */
    enum Kind {
        STRING("a string"),
        NUMBER("a number"),
        TRUE("true"),
        FALSE("false"),
        NULL("null"),
        ARRAY("an array"),
        OBJECT("an object");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * A member of an object.
     *
     * @param name a string
     */
    record Member(JsonPart name, JsonPart value) {}

    JsonPart {
        items = ImmutableList.copyOf(items);
        members = ImmutableList.copyOf(members);
    }

    /** Where it begins, as messages say it. */
    String place() {
        return "line " + line + ", column " + column;
    }
}
