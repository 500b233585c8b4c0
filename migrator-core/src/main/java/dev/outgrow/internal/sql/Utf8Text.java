package dev.outgrow.internal.sql;

/** Literals whose bytes JDBC has turned into other characters because they are not text. */
final class Utf8Text {
    /** The character that replaces such bytes. Nobody writes it on purpose; a false alarm only costs a query. */
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8Text() {}

    /** Whether it is certain what the literal's bytes are. */
    static boolean isCertain(String literal) {
        return literal.indexOf(REPLACEMENT) < 0;
    }

    /**
     * The literal.
     *
     * @throws UntranslatableException if its bytes are not certain
     */
    static String demand(String literal) {
        if (!isCertain(literal)) {
            throw new UntranslatableException("it has a text whose bytes are not characters");
        }
        return literal;
    }
}
