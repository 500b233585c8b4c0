package dev.outgrow.internal.sqlite.ddl;

import com.google.common.base.Ascii;
import dev.outgrow.internal.sqlite.ddl.Token.Sort;

/** Parses the type of a column or of a CAST: any words, and up to two numbers in parentheses. */
final class TypeNameParser {
    private static final String GENERATED = "generated";
    private static final String ALWAYS = "always";
    private static final int SHORTEST_GENERATED_ALWAYS = (GENERATED + " " + ALWAYS).length();
    private static final CharacterSet SPACE = CharacterSet.of(" \t\n\u000b\f\r");

    private final TokenCursor cursor;

    TypeNameParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /** The type as written; empty if none stands here. */
    String typeName() throws DdlSyntaxException {
        int start = cursor.mark();
        while (cursor.atBareAlias()) {
            cursor.take();
        }
        if (cursor.mark() != start && cursor.acceptSymbol("(")) {
            signedNumber();
            if (cursor.acceptSymbol(",")) {
                signedNumber();
            }
            cursor.expectSymbol(")");
        }
        return cursor.textSince(start);
    }

    /**
     * The type of a column. To SQLite's grammar {@code GENERATED ALWAYS} is part of it, and is cut off afterwards; and of a
     * type that begins with a quote only what stands within the quotes remains.
     */
    String columnType() throws DdlSyntaxException {
        Token first = cursor.peek();
        String type = typeName();
        if (!type.isEmpty() && first.kind() != Sort.WORD) {
            return first.text();
        }
        if (type.length() < SHORTEST_GENERATED_ALWAYS || !endsWith(type, ALWAYS)) {
            return type;
        }
        String before = before(type, ALWAYS);
        return endsWith(before, GENERATED) ? before(before, GENERATED) : before;
    }

    private static boolean endsWith(String text, String end) {
        return Ascii.toLowerCase(text).endsWith(end);
    }

    /** What stands before the last word. */
    private static String before(String text, String word) {
        int end = text.length() - word.length();
        while (end > 0 && SPACE.has(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    private void signedNumber() throws DdlSyntaxException {
        if (!cursor.acceptSymbol("-")) {
            cursor.acceptSymbol("+");
        }
        Sort kind = cursor.peek().kind();
        if (kind != Sort.INTEGER && kind != Sort.REAL) {
            throw cursor.expected("a number");
        }
        cursor.take();
    }
}
