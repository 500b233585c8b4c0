package dev.outgrow.report;

import dev.outgrow.typemap.internal.text.Amount;
import java.util.Optional;

/**
 * How a migration stands. Made by the library; use the accessors.
 *
 * @param state how it stands
 * @param report the recorded report of the run that has finished; empty if none has
 */
public record MigrationStatus(State state, Optional<MigrationReport> report) {
    /** How it stands. More may be added. */
    public enum State {
        /** No run has begun, or all that began were taken back. Rehearsals do not count. */
        NEVER,
        /** A run was cut off; the next {@code run()} resumes it. */
        UNFINISHED,
        /** A run has finished, and source and target are still as it left them. */
        FINISHED,
        /** A run has finished, and the source was written to since. */
        SOURCE_CHANGED,
        /** A run has finished, and its result is no longer there: tables are gone, or all of them are empty. */
        TARGET_CHANGED
    }

    @Override
    public String toString() {
        return state.name() + report.map(MigrationStatus::inWords).orElse("");
    }

    private static String inWords(MigrationReport report) {
        return ": " + Amount.of(report.rows(), "row") + " of " + report.source() + " to schema " + report.schema()
                + " of " + report.target() + ", begun " + report.startedAt();
    }
}
