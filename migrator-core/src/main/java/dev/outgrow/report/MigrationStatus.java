package dev.outgrow.report;

import dev.outgrow.typemap.internal.text.Amount;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a migration stands. Made by the library; use the accessors. Immutable. */
public final class MigrationStatus {
    /** How it stands. More may be added. */
    public enum State {
        /** No run has begun, or all that began were taken back. A rehearsal is none. */
        NEVER,
        /** A run was cut off; the next {@code run()} resumes it. */
        UNFINISHED,
        /** A run has finished, and source and target are still those of it. */
        FINISHED,
        /** A run has finished, and the source was written to since. */
        SOURCE_CHANGED,
        /** A run has finished, and its result is not there any more: tables are gone, or all of them are empty. */
        TARGET_CHANGED
    }

    private final State state;
    private final @Nullable MigrationReport report;

    private MigrationStatus(State state, @Nullable MigrationReport report) {
        this.state = state;
        this.report = report;
    }

    /** Made by the library. */
    public static MigrationStatus of(State state, Optional<MigrationReport> report) {
        return new MigrationStatus(state, report.orElse(null));
    }

    /** How it stands. */
    public State state() {
        return state;
    }

    /** The recorded report of the run that has finished; empty if none has. */
    public Optional<MigrationReport> report() {
        return Optional.ofNullable(report);
    }

    @Override
    public String toString() {
        return report == null
                ? state.name()
                : state.name() + ": " + Amount.of(report.rows(), "row") + " of " + report.source() + " to schema "
                        + report.schema() + " of " + report.target() + ", begun " + report.startedAt();
    }
}
