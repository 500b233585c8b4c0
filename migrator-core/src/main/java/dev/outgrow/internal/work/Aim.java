package dev.outgrow.internal.work;

import dev.outgrow.internal.journal.RunKind;

/** What an attempt is for. All attempts do the same, up to the last step. */
public enum Aim {
    /** The real migration: the app uses its result. */
    MIGRATION,
    /** A copy ahead of the switch: proven, and left unpublished for a later attempt. */
    COPY_AHEAD,
    /** A rehearsal whose result stays, in a disposable database. */
    REHEARSAL_THAT_STAYS,
    /** A rehearsal in the target, whose result is taken back. */
    REHEARSAL_TAKEN_BACK;

    /** As the journal calls it. */
    public RunKind kind() {
        return isRehearsal() ? RunKind.REHEARSAL : RunKind.RUN;
    }

    /** Whether the app never uses the result. */
    public boolean isRehearsal() {
        return this == REHEARSAL_THAT_STAYS || this == REHEARSAL_TAKEN_BACK;
    }
}
