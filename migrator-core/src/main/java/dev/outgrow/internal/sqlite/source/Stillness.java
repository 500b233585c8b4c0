package dev.outgrow.internal.sqlite.source;

/** Whether a source still is what its snapshot has. */
@FunctionalInterface
interface Stillness extends AutoCloseable {
    /** Of what nobody asks about. */
    Stillness UNASKED = (fingerprint, mayBeWritten) -> {};

    /**
     * Asks.
     *
     * @param fingerprint of the snapshot
     * @param mayBeWritten whether a copy is enough that is no longer all of the source
     * @throws dev.outgrow.exception.MigrationException where it is not what the snapshot has
     */
    void demand(String fingerprint, boolean mayBeWritten);

    /** Lets go of the source. */
    @Override
    default void close() {}
}
