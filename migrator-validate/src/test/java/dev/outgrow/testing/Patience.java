package dev.outgrow.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Waits with a bound, so that what never ends fails its test, and not the whole build. The bound is {@link #LIMIT}: much longer
 * than anything takes, on a machine that has much else to do.
 */
public final class Patience {
    /** How long a test waits for anything. */
    public static final Duration LIMIT = Duration.ofMinutes(3);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private Patience() {}

    /**
     * The exit status of a process, once it has ended.
     *
     * @throws AssertionError if it does not end; it is killed then
     */
    public static int exitOf(Process process) throws InterruptedException {
        if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Did not end within " + LIMIT + ": " + process.info());
        }
        return process.exitValue();
    }

    /**
     * Whether a command is there and ended with status 0. What it prints is dropped.
     *
     * @throws AssertionError if it does not end; it is killed then
     */
    public static boolean succeeds(String... command) throws InterruptedException {
        try {
            return exitOf(new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start())
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /**
     * What a task ends with.
     *
     * @throws ExecutionException if it failed, with the failure as its cause
     * @throws AssertionError if it does not end; it is cancelled then
     */
    public static <T> T resultOf(Future<T> task) throws ExecutionException, InterruptedException {
        try {
            return task.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new AssertionError("Did not end within " + LIMIT, e);
        }
    }

    /**
     * Returns when a thread has ended.
     *
     * @throws AssertionError if it does not end
     */
    public static void join(Thread thread) throws InterruptedException {
        thread.join(LIMIT.toMillis());
        if (thread.isAlive()) {
            AssertionError late = new AssertionError("Did not end within " + LIMIT + ": " + thread.getName());
            late.setStackTrace(thread.getStackTrace());
            throw late;
        }
    }

    /**
     * Returns when a condition holds, which is asked for again and again.
     *
     * @param what what is waited for, as a sentence
     * @throws AssertionError if it does not come to hold
     */
    public static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("Not within " + LIMIT + ": " + what);
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }
}
