package dev.outgrow.command;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes Ctrl-C, and everything else that asks the JVM to end, interrupt the migrating thread, and makes the JVM wait
 * until that thread has cleaned up. The next call then resumes the unfinished run.
 *
 * <pre>{@code
 * int status = InterruptOnShutdown.during(() -> new CommandLine(new Upgrade()).execute(arguments));
 * System.exit(status);
 * }</pre>
 *
 * <p>Whatever must still be done, such as printing the failure, belongs into the work. The JVM then ends with the
 * status of the signal: 130 for Ctrl-C (SIGINT), 143 for SIGTERM. Safe for use by several threads.
 */
public final class InterruptOnShutdown {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Duration patience;

    private InterruptOnShutdown(Duration patience) {
        this.patience = patience;
    }

    /**
     * Does some work on this thread; once it is interrupted, the JVM waits at most 10 seconds for it.
     *
     * @return what the work returns
     */
    @CanIgnoreReturnValue
    public static <T> T during(Supplier<T> work) {
        return during(PATIENCE, work);
    }

    /**
     * The same with another limit.
     *
     * @param atMost how long the JVM waits for it
     * @throws IllegalArgumentException if that is negative
     */
    @CanIgnoreReturnValue
    public static <T> T during(Duration atMost, Supplier<T> work) {
        Objects.requireNonNull(atMost, "atMost");
        checkArgument(!atMost.isNegative(), "atMost is %s; it cannot be negative", atMost);
        InterruptOnShutdown ending = new InterruptOnShutdown(atMost);
        Thread hook = new Thread(ending::interrupt, "outgrow-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            ending.done.countDown();
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The shutdown is under way already and continues now.
        }
    }

    private void interrupt() {
        worker.interrupt();
        try {
            boolean inTime = done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                System.err.println("The migration did not end in time; the next call resumes it.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
