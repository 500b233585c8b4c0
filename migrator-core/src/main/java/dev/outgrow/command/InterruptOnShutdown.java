package dev.outgrow.command;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has Ctrl-C, or whatever else asks the JVM to end, interrupt the thread that migrates, and the JVM wait until it has put its
 * things in order: the unfinished run is then one that the next call resumes.
 *
 * <pre>{@code
 * try (InterruptOnShutdown ending = InterruptOnShutdown.ofThisThread()) {
 *     migration.run();
 * }
 * }</pre>
 *
 * <p>Close it in the thread that made it, behind the last thing that must still be done, such as to print the failure. The JVM then
 * ends with the status of the signal: 130 for Ctrl-C (SIGINT), 143 for SIGTERM.
 */
public final class InterruptOnShutdown implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Thread worker;
    private final Duration patience;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "outgrow-shutdown");

    private InterruptOnShutdown(Thread worker, Duration patience) {
        this.worker = worker;
        this.patience = patience;
    }

    /** Interrupts the thread that calls this, and waits for it 10 seconds at most. */
    public static InterruptOnShutdown ofThisThread() {
        return ofThisThread(PATIENCE);
    }

    /**
     * Interrupts the thread that calls this.
     *
     * @param atMost how long the JVM waits for it
     * @throws IllegalArgumentException if that is negative
     */
    public static InterruptOnShutdown ofThisThread(Duration atMost) {
        Objects.requireNonNull(atMost, "atMost");
        checkArgument(!atMost.isNegative(), "atMost is %s; it cannot be negative", atMost);
        InterruptOnShutdown ending = new InterruptOnShutdown(Thread.currentThread(), atMost);
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
    }

    private void interrupt() {
        worker.interrupt();
        try {
            boolean inTime = done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                System.getLogger(InterruptOnShutdown.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "The migration did not end in time; the next call resumes it.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the JVM is about to end, so that what fails now fails for that. */
    public boolean isEnding() {
        return hook.getState() != Thread.State.NEW;
    }

    /** Lets the JVM end without this thread. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // It is running, and goes on now.
        }
    }
}
