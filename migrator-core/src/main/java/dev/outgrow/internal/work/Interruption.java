package dev.outgrow.internal.work;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import org.jspecify.annotations.Nullable;

/** What a run throws if its thread was interrupted. */
public final class Interruption {
    private Interruption() {}

    /** The failure of a run into tables that we make. */
    public static MigrationException of(@Nullable Exception cause) {
        return new MigrationException(
                Reason.INTERRUPTED,
                "Interrupted. Nothing was published.",
                "call run() again: it resumes where it stopped; or call discardUnfinished().",
                cause);
    }

    /** The failure as it is, or as an interruption: if an interrupt cut off a statement, the server is not at fault. */
    public static MigrationException behind(MigrationException failure) {
        return Thread.currentThread().isInterrupted()
                        && failure.reason() != Reason.INTERRUPTED
                        && failure.reason().retryable()
                ? of(failure)
                : failure;
    }

    /** The failure in the words of a rehearsal: it takes back what a run would resume. */
    public static MigrationException ofRehearsal(MigrationException failure) {
        return failure.reason() == Reason.INTERRUPTED
                ? new MigrationException(
                        Reason.INTERRUPTED,
                        "The rehearsal was interrupted; nothing of it stays.",
                        "call rehearse() again.",
                        failure)
                : failure;
    }
}
