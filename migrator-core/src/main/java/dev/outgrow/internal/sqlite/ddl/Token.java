package dev.outgrow.internal.sqlite.ddl;

import com.google.common.base.Ascii;

/**
 * One token of SQL.
 *
 * @param kind what it is
 * @param start its first char in the text
 * @param end the char after its last
 * @param text its text; of names, strings and blobs what stands between the quotes
 */
record Token(Sort kind, int start, int end, String text) {
    /** What a token is. */
    enum Sort {
        /** An unquoted name or keyword. */
        WORD,
        /** {@code "name"}. */
        DOUBLE_QUOTED,
        /** {@code [name]}. */
        BRACKETED,
        /** {@code `name`}. */
        BACKTICKED,
        /** {@code 'text'}. */
        STRING,
        /** A decimal or hexadecimal integer. */
        INTEGER,
        /** A number with a point or an exponent. */
        REAL,
        /** {@code x'00'}. */
        BLOB,
        /** {@code ?1}, {@code :a}, {@code @a}, {@code $a}, {@code #1}. */
        PARAMETER,
        /** An operator, a comma, a parenthesis. */
        SYMBOL,
        /** The end of the text. */
        END
    }

    boolean isWord(String keyword) {
        return kind == Sort.WORD && Ascii.equalsIgnoreCase(text, keyword);
    }

    boolean isSymbol(String symbol) {
        return kind == Sort.SYMBOL && text.equals(symbol);
    }
}
