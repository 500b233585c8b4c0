package dev.outgrow.exception;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A migration that did not happen. The target is as it was before, or holds an unfinished run that the next call resumes;
 * the source is untouched in any case.
 *
 * <p>The message says what happened and where; {@link #remedy()} what to do. Neither ever contains a password or the value
 * of a row.
 */
public class MigrationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String remedy;

    /**
     * Made by the library.
     *
     * @param reason the kind of failure
     * @param message what happened, and where
     * @param remedy what to do
     * @param cause what was thrown below, if anything
     */
    public MigrationException(Reason reason, String message, String remedy, @Nullable Throwable cause) {
        super(message + System.lineSeparator() + "What to do: " + remedy, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.remedy = Objects.requireNonNull(remedy, "remedy");
    }

    /** Why; made to be switched on. */
    public final Reason reason() {
        return reason;
    }

    /** What to do, in words for the person who started the migration. */
    public final String remedy() {
        return remedy;
    }
}
