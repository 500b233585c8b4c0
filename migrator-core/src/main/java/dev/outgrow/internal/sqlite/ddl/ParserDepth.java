package dev.outgrow.internal.sqlite.ddl;

/**
 * Keeps a tree shallow enough to be built and walked by recursion. It counts how deep the parser has called itself, and
 * how high the resulting tree is (a long {@code a AND b AND c …} is high without any nesting).
 */
final class ParserDepth {
    /** The height that SQLite allows by default ({@code SQLITE_MAX_EXPR_DEPTH}). */
    static final int MAX_HEIGHT = 1000;
    /** Parentheses, calls and queries within one another; SQLite's own parser long ended at 100. */
    static final int MAX_NESTING = 250;

    private int nesting;
    private int height;

    /** Goes one call deeper. Returns what {@link #leave} wants back. */
    int enter(TokenCursor cursor) throws DdlSyntaxException {
        if (++nesting > MAX_NESTING) {
            throw new DdlSyntaxException(
                    "Nested deeper than " + MAX_NESTING, cursor.peek().start());
        }
        int outer = height;
        height = 0;
        return outer;
    }

    /** Puts a node on top of all that was made since {@link #enter}. */
    void node(TokenCursor cursor) throws DdlSyntaxException {
        if (++height > MAX_HEIGHT) {
            throw new DdlSyntaxException(
                    "An expression is more than " + MAX_HEIGHT + " levels high",
                    cursor.peek().start());
        }
    }

    /** Comes back from one call. */
    void leave(int outer) {
        nesting--;
        height = Math.max(outer, height);
    }
}
