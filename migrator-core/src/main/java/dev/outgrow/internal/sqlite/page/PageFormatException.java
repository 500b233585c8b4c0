package dev.outgrow.internal.sqlite.page;

/** Something in the file does not follow the format, as far as this library knows it: SQLite must read it instead. */
public final class PageFormatException extends Exception {
    private static final long serialVersionUID = 1;

    PageFormatException(String message) {
        super(message);
    }
}
