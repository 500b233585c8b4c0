package dev.outgrow.internal.background;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** One piece of work, done by a daemon thread of its own. Closing this ends it. Safe for concurrent use. */
public final class BackgroundTask<T extends @Nullable Object> implements AutoCloseable {
    private final FutureTask<T> task;
    private final Thread thread;

    private BackgroundTask(String name, Callable<T> work) {
        this.task = new FutureTask<>(work);
        this.thread = new Thread(task, "outgrow-" + name);
        thread.setDaemon(true);
    }

    /**
     * Begins at once.
     *
     * @param name what the thread is called, after {@code outgrow-}
     */
    public static <T extends @Nullable Object> BackgroundTask<T> begin(String name, Callable<T> work) {
        BackgroundTask<T> begun = prepare(name, work);
        begun.start();
        return begun;
    }

    /** Begins with {@link #start}. */
    public static <T extends @Nullable Object> BackgroundTask<T> prepare(String name, Callable<T> work) {
        return new BackgroundTask<>(name, work);
    }

    /** Begins, unless it has begun. */
    public synchronized void start() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /** Whether {@link #result} does not have to wait. */
    public boolean isOver() {
        return task.isDone();
    }

    /**
     * Waits for the result. What the work threw is thrown here: that exception itself if it is unchecked or of this type.
     *
     * @param checked the type of checked exception that the work throws
     * @throws InterruptedException if the calling thread is interrupted; the work goes on
     * @throws CancellationException if the work was interrupted, as {@link #close} does
     */
    public <E extends Exception> T result(Class<E> checked) throws E, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (checked.isInstance(cause)) {
                throw checked.cast(cause);
            }
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            if (cause instanceof InterruptedException) {
                throw new CancellationException(thread.getName() + " was interrupted");
            }
            throw new IllegalStateException(cause);
        }
    }

    /** Waits for the end, however it ends; not interruptible. */
    public void awaitEnd() {
        Uninterruptibles.joinUninterruptibly(thread);
    }

    /** Interrupts the work if it still runs, and waits for its end: what it uses may be closed then. */
    @Override
    public void close() {
        if (!task.isDone()) {
            thread.interrupt();
            awaitEnd();
        }
    }
}
