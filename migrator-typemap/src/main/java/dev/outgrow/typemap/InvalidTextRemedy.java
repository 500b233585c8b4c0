package dev.outgrow.typemap;

/** What becomes of text whose bytes are not valid UTF-8, which SQLite never checks. More may be added. */
public enum InvalidTextRemedy {
    /** The text is a misfit. The default. */
    REFUSE,
    /** Each malformed sequence of bytes becomes one U+FFFD, as in Java's own decoder; valid text stays as it is. */
    REPLACE,
    /** A text that is not valid UTF-8 is read as ISO-8859-1, the whole of it; valid text stays as it is. */
    LATIN1
}
