package dev.outgrow.command;

import com.google.common.base.Throwables;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
        FutureTask<T> reading = new FutureTask<>(reader);
        Thread thread = new Thread(reading, "outgrow-password");
        thread.setDaemon(true);
        thread.start();
        try {
            return reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException(
                    Reason.INTERRUPTED, "Interrupted before there was a password; nothing was done.", "call again.", e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            Throwables.throwIfInstanceOf(cause, IOException.class);
            Throwables.throwIfUnchecked(cause);
            throw new IllegalStateException(cause);
        }
    }
}
