package dev.outgrow.progress;

/**
 * Receives progress events. Methods are called one at a time; one that throws does not disturb the work. {@link
 * #phaseStarted} is called on the migrating thread, which continues when it returns; a listener that is still busy with
 * another event gets it later, on a thread of the library. That thread delivers all other events; of those that came
 * while the listener was busy, only the newest.
 */
public interface MigrationListener {
    /** A phase begins. */
    default void phaseStarted(PhaseStarted event) {}

    /** A step begins that is not counted in rows. */
    default void stepStarted(StepStarted event) {}

    /** Rows went by; at most ten times a second. */
    default void progressed(Progressed event) {}

    /** The migration waits for another instance; called about once a second. */
    default void waiting(Waiting event) {}
}
