package dev.outgrow.internal.sqlite.page;

/** Something in the file is not as the format says, or not as far as it is known here: SQLite is to be asked instead. */
public final class PageFormatException extends Exception {
    private static final long serialVersionUID = 1;

    PageFormatException(String message) {
        super(message);
    }
}
