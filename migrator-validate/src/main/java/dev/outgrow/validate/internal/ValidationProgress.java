package dev.outgrow.validate.internal;

/** Told how far the comparison is. Called from several threads at once, after every few thousand rows. */
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
}
