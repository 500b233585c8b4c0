package dev.outgrow.command;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;

/**
 * A call as Java writes it, such as {@code .accept("view:*")}.
 *
 * @param name of the method
 * @param arguments as they are written
 */
record JavaCall(String name, List<String> arguments) {
    JavaCall {
        arguments = ImmutableList.copyOf(arguments);
    }

    /**
     * The arguments as a command line has them: text and constants as they are, capitals for what a person fills in.
     */
    List<String> words() {
        return arguments.stream().map(JavaCall::word).toList();
    }

    /**
     * An argument without what only Java needs: the text of a literal, the last name of a constant, what is inside a
     * factory's parentheses.
     */
    static String plain(String argument) {
        if (argument.startsWith("\"")) {
            return unquoted(argument);
        }
        if (argument.startsWith("PgType.")) {
            return argument.substring("PgType.".length());
        }
        int parenthesis = argument.indexOf('(');
        if (parenthesis >= 0 && argument.endsWith(")")) {
            String inside = argument.substring(parenthesis + 1, argument.length() - 1);
            String factory = argument.substring(argument.lastIndexOf('.', parenthesis) + 1, parenthesis);
            return inside.isEmpty() ? factory : plain(inside);
        }
        return argument.substring(argument.lastIndexOf('.') + 1);
    }

    private static String word(String argument) {
        String plain = plain(argument);
        boolean variable = !argument.startsWith("\"")
                && argument.indexOf('.') < 0
                && !plain.equals("true")
                && !plain.equals("false");
        boolean ofFactory = argument.endsWith(")") && !argument.contains("\"") && !argument.contains("()");
        if (!variable && !ofFactory) {
            return plain;
        }
        return plain.equals("dataSource") || plain.equals("disposable") ? "URL" : plain.toUpperCase(Locale.ROOT);
    }

    private static String unquoted(String literal) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < literal.length() - 1; i++) {
            char each = literal.charAt(i);
            if (each != '\\') {
                text.append(each);
                continue;
            }
            char escaped = literal.charAt(++i);
            if (escaped >= '0' && escaped <= '7') {
                text.append((char) Integer.parseInt(literal.substring(i, i + 3), 8));
                i += 2;
            } else {
                text.append(escaped);
            }
        }
        return text.toString();
    }
}
