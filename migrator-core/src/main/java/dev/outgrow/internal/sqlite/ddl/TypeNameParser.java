package dev.outgrow.internal.sqlite.ddl;

import dev.outgrow.internal.sqlite.ddl.Token.Kind;

/** Parses the type of a column or of a CAST: any words, and up to two numbers in parentheses. */
final class TypeNameParser {
    private final TokenCursor cursor;

    TypeNameParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /** The type as written; empty where none stands here. */
    String typeName() throws DdlSyntaxException {
        int start = cursor.mark();
        while (cursor.atBareAlias() && !cursor.atWords("GENERATED", "ALWAYS", "AS")) {
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

    private void signedNumber() throws DdlSyntaxException {
        if (!cursor.acceptSymbol("-")) {
            cursor.acceptSymbol("+");
        }
        Kind kind = cursor.peek().kind();
        if (kind != Kind.INTEGER && kind != Kind.REAL) {
            throw cursor.expected("a number");
        }
        cursor.take();
    }
}
