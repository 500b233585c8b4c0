package dev.outgrow.internal.truth;

import dev.outgrow.exception.Reason;
import dev.outgrow.exception.WrongDatabaseException;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.SwitchoverState;
import org.jspecify.annotations.Nullable;

/** The result of the truth table. */
public sealed interface Verdict {
    /** The state of the switchover. */
    SwitchoverState state();

    /**
     * One database is the right one.
     *
     * @param active which
     * @param mayHaveLateWrites whether the old file must first be compared with what was frozen
     */
    record Right(ActiveDatabase active, SwitchoverState state, boolean mayHaveLateWrites) implements Verdict {}

    /**
     * The application must not start.
     *
     * @param reason why
     * @param message what was found
     * @param remedy what to do
     * @param cause what was thrown, if anything
     */
    record Refused(
            Reason reason,
            SwitchoverState state,
            String message,
            String remedy,
            @Nullable Throwable cause) implements Verdict {
        public WrongDatabaseException exception() {
            return new WrongDatabaseException(reason, message, remedy, null, cause);
        }
    }
}
