package dev.outgrow.command;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chain of calls as Java writes them, such as {@code TypeRules.standard().columns("*_at").unixSeconds()}.
 *
 * @param calls the calls, at least one
 * @param end where the text continues after them
 */
record JavaChain(List<JavaCall> calls, int end) {
    JavaChain {
        calls = ImmutableList.copyOf(calls);
    }

    /**
     * The calls that begin in a text.
     *
     * @param text around them
     * @param start of the name of the first
     * @return empty if a parenthesis is never closed
     */
    static Optional<JavaChain> at(String text, int start) {
        List<JavaCall> calls = new ArrayList<>();
        int position = start;
        while (true) {
            int parenthesis = nameEnd(text, position);
            if (parenthesis == position || parenthesis >= text.length() || text.charAt(parenthesis) != '(') {
                break;
            }
            List<String> arguments = new ArrayList<>();
            int end = arguments(text, parenthesis + 1, arguments);
            if (end < 0) {
                return Optional.empty();
            }
            calls.add(new JavaCall(text.substring(position, parenthesis), arguments));
            position = end;
            if (position + 1 >= text.length() || text.charAt(position) != '.') {
                return Optional.of(new JavaChain(calls, position));
            }
            position++;
        }
        // The dot ended a sentence.
        return calls.isEmpty() ? Optional.empty() : Optional.of(new JavaChain(calls, position - 1));
    }

    /** The calls of an argument such as {@code TypeRules.standard().column(…)}, without the class before them. */
    static Optional<JavaChain> in(String argument) {
        int start = 0;
        while (start < argument.length() && Character.isUpperCase(argument.charAt(start))) {
            start = nameEnd(argument, start) + 1;
        }
        return start > argument.length() ? Optional.empty() : at(argument, start);
    }

    private static int nameEnd(String text, int start) {
        int end = start;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Reads arguments up to the closing parenthesis, and returns the position after it; negative if there is none. */
    private static int arguments(String text, int start, List<String> arguments) {
        StringBuilder argument = new StringBuilder();
        boolean literal = false;
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            char each = text.charAt(i);
            if (literal) {
                argument.append(each);
                if (each == '\\' && i + 1 < text.length()) {
                    argument.append(text.charAt(++i));
                } else if (each == '"') {
                    literal = false;
                }
                continue;
            }
            if (depth == 0 && (each == ',' || each == ')')) {
                add(arguments, argument);
                if (each == ')') {
                    return i + 1;
                }
                continue;
            }
            literal = each == '"';
            depth += each == '(' ? 1 : each == ')' ? -1 : 0;
            argument.append(each);
        }
        return -1;
    }

    private static void add(List<String> arguments, StringBuilder argument) {
        String written = argument.toString().strip();
        if (!written.isEmpty()) {
            arguments.add(written);
        }
        argument.setLength(0);
    }
}
