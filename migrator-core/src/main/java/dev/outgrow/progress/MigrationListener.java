package dev.outgrow.progress;

/**
 * Is told how far a migration is. Methods are called from the library's threads, one at a time; one that throws does not
 * disturb the work. Keep them short: the work waits.
 */
public interface MigrationListener {
    /** A phase begins. */
    default void phaseStarted(PhaseStarted event) {}

    /** Rows went by; at most ten times a second. */
    default void progressed(Progressed event) {}
}
