package dev.outgrow.internal.sqlite.source;

/** Whether a source is still what its snapshot holds. */
@FunctionalInterface
interface Stillness extends AutoCloseable {
    /** Always still: for sources that nobody checks. */
    Stillness UNASKED = (fingerprint, mayBeWritten) -> {};

    /**
     * Checks the source.
     *
     * @param fingerprint of the snapshot
     * @param mayBeWritten whether a copy is enough that no longer has everything of the source
     * @throws dev.outgrow.exception.MigrationException if it is not what the snapshot holds
     */
    void demand(String fingerprint, boolean mayBeWritten);

    /** Lets go of the source. */
    @Override
    default void close() {}
}
