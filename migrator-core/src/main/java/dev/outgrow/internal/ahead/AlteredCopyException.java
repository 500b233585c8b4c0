package dev.outgrow.internal.ahead;

/** A table of a copy does not have the rows that were copied to it. */
final class AlteredCopyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * The failure.
     *
     * @param table its name in the source
     */
    AlteredCopyException(String table) {
        super("somebody has altered the rows of table " + table + " in PostgreSQL");
    }
}
