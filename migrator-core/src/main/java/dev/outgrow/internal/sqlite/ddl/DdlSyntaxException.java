package dev.outgrow.internal.sqlite.ddl;

import java.io.Serial;

/**
 * Text that is not SQLite's DDL, or DDL beyond the limits of this parser. The message tells what was expected and where;
 * it quotes tokens of the schema, never a row.
 */
public final class DdlSyntaxException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int offset;

    DdlSyntaxException(String message, int offset) {
        super(message + " (at character " + (offset + 1) + ")");
        this.offset = offset;
    }

    /** Where in the text, in chars from 0. */
    public int offset() {
        return offset;
    }
}
