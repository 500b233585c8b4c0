package dev.outgrow.internal.switchover;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;

/** The application's own hook, by which it ends its writes before the database that holds the data is frozen. */
final class Quieting {
    private Quieting() {}

    /**
     * Calls it.
     *
     * @throws MigrationException {@code QUIESCE_FAILED} if it throws
     */
    static void call(Runnable hook) {
        try {
            hook.run();
        } catch (RuntimeException e) {
            throw new MigrationException(
                    Reason.QUIESCE_FAILED,
                    "The hook that was to quiet the application failed: "
                            + e.getClass().getName() + ".",
                    "nothing was begun, and the data is where it was. See to the cause, then call again.",
                    e);
        }
    }
}
