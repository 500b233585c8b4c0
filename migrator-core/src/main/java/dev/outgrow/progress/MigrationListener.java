package dev.outgrow.progress;

/**
 * Is told how far a migration is. Methods are called one at a time; one that throws does not disturb the work. {@link #phaseStarted} is
 * called in the thread that migrates, which goes on when it returns; a listener that is still busy with another event then gets it
 * afterwards, in a thread of the library. That thread tells all other events, and of those that came while the listener was busy the
 * newest.
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
