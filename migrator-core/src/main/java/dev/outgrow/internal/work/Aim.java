package dev.outgrow.internal.work;

import dev.outgrow.internal.journal.RunKind;

/** What an attempt is for. All of them do the same, up to the last step. */
public enum Aim {
    /** The real one: its result is what the app uses. */
    MIGRATION,
    /** A rehearsal whose result stays, in a database that may be thrown away. */
    REHEARSAL_THAT_STAYS,
    /** A rehearsal in the target, whose result is taken back. */
    REHEARSAL_TAKEN_BACK;

    /** As the journal calls it. */
    public RunKind kind() {
        return this == MIGRATION ? RunKind.RUN : RunKind.REHEARSAL;
    }
}
