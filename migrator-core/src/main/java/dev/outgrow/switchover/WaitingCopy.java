package dev.outgrow.switchover;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A copy that {@code copyAhead()} made, and that waits in PostgreSQL for a switch to take it up. Nothing of it is published. Immutable.
 *
 * @param at when it was made, or brought up the last time; empty if an earlier version of this library made it
 * @param rows how many rows it has
 * @param state the file beside the database's backup with the state that was copied, for as long as the copy waits
 */
public record WaitingCopy(Optional<Instant> at, long rows, String state) {
    public WaitingCopy {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(state, "state");
    }
}
