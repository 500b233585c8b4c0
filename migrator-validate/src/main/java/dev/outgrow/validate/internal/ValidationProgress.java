package dev.outgrow.validate.internal;

/** Receives the progress of the comparison. Called from several threads at once, after every few thousand rows. */
@FunctionalInterface
public interface ValidationProgress {
    /**
     * More was read.
     *
     * @param table the table's name in the source
     * @param rows the rows of the source that were read since the last call for the table
     * @param bytes the bytes that the target sent for it since
     */
    void compared(String table, long rows, long bytes);

    /**
     * The rows are compared, and another step begins: a check of the app, the catalog, a view.
     *
     * @param what what it is
     * @param number which of them, from 1
     * @param steps how many there are
     */
    default void step(String what, int number, int steps) {}
}
