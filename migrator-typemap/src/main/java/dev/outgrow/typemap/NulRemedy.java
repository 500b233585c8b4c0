package dev.outgrow.typemap;

/** What becomes of the character NUL, which SQLite stores in text and PostgreSQL does not. More may be added. */
public enum NulRemedy {
    /** The text is a misfit. The default. */
    REFUSE,
    /** Each NUL is left out. */
    STRIP,
    /** Each NUL becomes the two characters {@code \0}; nothing else changes. */
    ESCAPE
}
