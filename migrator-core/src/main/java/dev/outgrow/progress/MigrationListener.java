package dev.outgrow.progress;

/**
 * Is told how far a migration is. Methods are called one at a time, from threads of the library; one that throws does not disturb
 * the work. The work waits for {@link #phaseStarted} alone; of the other events a slow listener gets the newest.
 */
public interface MigrationListener {
    /** A phase begins. */
    default void phaseStarted(PhaseStarted event) {}

    /** A step begins that is not counted in rows. */
    default void stepStarted(StepStarted event) {}

    /** Rows went by; at most ten times a second. */
    default void progressed(Progressed event) {}

    /** Another instance is waited for; about once a second. */
    default void waiting(Waiting event) {}
}
