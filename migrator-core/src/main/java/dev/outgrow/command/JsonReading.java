package dev.outgrow.command;

import dev.outgrow.command.JsonPart.Kind;
import dev.outgrow.command.JsonPart.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads JSON (RFC 8259) and remembers where each part is, for messages to the person who wrote it by hand. */
final class JsonReading {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final int DEEPEST = 32;

    private final String text;
    private int position;
    private int line = 1;
    private int lineStart;

    private JsonReading(String text) {
        this.text = text;
    }

    /**
     * The whole text.
     *
     * @throws RulesFileFault at the first place that is not JSON
     */
    static JsonPart read(String text) {
        JsonReading reading = new JsonReading(text.startsWith("\ufeff") ? text.substring(1) : text);
        JsonPart whole = reading.value(0);
        reading.blanks();
        if (reading.position < reading.text.length()) {
            throw reading.fault("nothing may come after the end of the JSON text");
        }
        return whole;
    }

    private JsonPart value(int depth) {
        blanks();
        if (depth > DEEPEST) {
            throw fault("this is nested too deeply");
        }
        int startLine = line;
        int startColumn = column();
        return switch (peek()) {
            case '{' -> object(depth, startLine, startColumn);
            case '[' -> array(depth, startLine, startColumn);
            case '"' -> new JsonPart(Kind.STRING, string(), List.of(), List.of(), startLine, startColumn);
            default -> word(startLine, startColumn);
        };
    }

    private JsonPart object(int depth, int startLine, int startColumn) {
        List<Member> members = new ArrayList<>();
        take('{');
        for (blanks(); peek() != '}'; blanks()) {
            if (!members.isEmpty()) {
                separator('}');
            }
            if (peek() != '"') {
                throw fault("a name in double quotes is missing here");
            }
            JsonPart name = new JsonPart(Kind.STRING, "", List.of(), List.of(), line, column());
            name = new JsonPart(Kind.STRING, string(), List.of(), List.of(), name.line(), name.column());
            blanks();
            if (peek() != ':') {
                throw fault("a colon is missing after \"" + name.text() + "\"");
            }
            take(':');
            members.add(new Member(name, value(depth + 1)));
        }
        take('}');
        return new JsonPart(Kind.OBJECT, "", List.of(), members, startLine, startColumn);
    }

    private JsonPart array(int depth, int startLine, int startColumn) {
        List<JsonPart> items = new ArrayList<>();
        take('[');
        for (blanks(); peek() != ']'; blanks()) {
            if (!items.isEmpty()) {
                separator(']');
            }
            items.add(value(depth + 1));
        }
        take(']');
        return new JsonPart(Kind.ARRAY, "", items, List.of(), startLine, startColumn);
    }

    private void separator(char end) {
        if (peek() != ',') {
            throw fault("a comma or " + end + " is missing here");
        }
        take(',');
        blanks();
        if (peek() == end) {
            throw fault("no comma may stand before " + end);
        }
    }

    private JsonPart word(int startLine, int startColumn) {
        int start = position;
        while (position < text.length() && ",:]}[{\" \t\r\n".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String word = text.substring(start, position);
        Kind kind = switch (word) {
            case "true" -> Kind.TRUE;
            case "false" -> Kind.FALSE;
            case "null" -> Kind.NULL;
            default -> Kind.NUMBER;
        };
        if (kind == Kind.NUMBER && !NUMBER.matcher(word).matches()) {
            position = start;
            throw fault(
                    start == text.length()
                            ? "the text ends here, in the middle of it"
                            : "a value is missing here: texts stand in double quotes");
        }
        return new JsonPart(kind, word, List.of(), List.of(), startLine, startColumn);
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        take('"');
        while (true) {
            char each = peek();
            if (each == '\0' && position >= text.length()) {
                throw fault("the text ends here, and a double quote was never closed");
            }
            if (each < ' ') {
                throw fault("a line break or a control character stands in a string: write \\n or \\t");
            }
            if (each == '"') {
                position++;
                return string.toString();
            }
            if (each == '\\') {
                string.append(escaped());
            } else {
                string.append(each);
                position++;
            }
        }
    }

    private char escaped() {
        char each = position + 1 < text.length() ? text.charAt(position + 1) : ' ';
        int known = "\"\\/bfnrt".indexOf(each);
        if (known >= 0) {
            position += 2;
            return "\"\\/\b\f\n\r\t".charAt(known);
        }
        String digits = text.substring(Math.min(position + 2, text.length()), Math.min(position + 6, text.length()));
        if (each != 'u' || !digits.matches("[0-9a-fA-F]{4}")) {
            throw fault("no such escape: a backslash in a string is \\\\");
        }
        position += 6;
        return (char) Integer.parseInt(digits, 16);
    }

    private void take(char expected) {
        if (peek() != expected) {
            throw fault(expected + " is missing here");
        }
        position++;
    }

    private void blanks() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            if (text.charAt(position++) == '\n') {
                line++;
                lineStart = position;
            }
        }
    }

    /** The next character; NUL after the end. */
    private char peek() {
        return position < text.length() ? text.charAt(position) : '\0';
    }

    private int column() {
        return text.codePointCount(lineStart, position) + 1;
    }

    private RulesFileFault fault(String what) {
        return new RulesFileFault("line " + line + ", column " + column(), what);
    }
}
