package dev.outgrow.internal.sql;

/** Literals whose bytes JDBC has turned into other characters, because they are no text. */
final class Utf8Text {
    /** What stands for such bytes. Nobody writes it, so that one who has is only asked for nothing. */
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8Text() {}

    /** Whether it is certain what the literal's bytes are. */
    static boolean isCertain(String literal) {
        return literal.indexOf(REPLACEMENT) < 0;
    }

    /**
     * The literal.
     *
     * @throws UntranslatableException where it is not certain what its bytes are
     */
    static String demand(String literal) {
        if (!isCertain(literal)) {
            throw new UntranslatableException("it has a text whose bytes are no characters");
        }
        return literal;
    }
}
