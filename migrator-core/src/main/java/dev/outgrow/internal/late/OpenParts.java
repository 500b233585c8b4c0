package dev.outgrow.internal.late;

import java.util.ArrayDeque;
import java.util.Deque;

/** Parts that are closed together, the last one first, and each of them even if another fails to close. For one thread. */
final class OpenParts implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Closes the part with the others. */
    <T extends AutoCloseable> T kept(T part) {
        parts.push(part);
        return part;
    }

    /** Closes all of them after a failure, which keeps what else fails as suppressed. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Closes all of them.
     *
     * @throws RuntimeException the first that failed, with the others as suppressed
     */
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                RuntimeException failed = e instanceof RuntimeException unchecked
                        ? unchecked
                        : new IllegalStateException("closing the states of the source", e);
                if (failure == null) {
                    failure = failed;
                } else {
                    failure.addSuppressed(failed);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
