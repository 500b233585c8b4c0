package dev.outgrow.command;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.background.BackgroundTask;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What a person types, or another program hands over. Java cannot interrupt who reads from a terminal or a pipe, so another thread
 * reads, and the one that waits for it can be.
 */
final class PatientRead {
    private PatientRead() {}

    /**
     * What the reader gives.
     *
     * @throws IOException if it throws one
     * @throws MigrationException {@link Reason#INTERRUPTED} if this thread was interrupted
     */
    static <T extends @Nullable Object> T of(Callable<T> reader) throws IOException {
        BackgroundTask<T> reading = BackgroundTask.begin("password", reader);
        try {
            return reading.result(IOException.class);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException(
                    Reason.INTERRUPTED, "Interrupted before there was a password; nothing was done.", "call again.", e);
        }
    }
}
