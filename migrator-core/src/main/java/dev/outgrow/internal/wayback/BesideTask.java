package dev.outgrow.internal.wayback;

import com.google.common.util.concurrent.Uninterruptibles;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work that a thread of its own does; closing this ends it. */
final class BesideTask<T> implements AutoCloseable {
    private final FutureTask<T> task;
    private final Thread thread;

    private BesideTask(FutureTask<T> task, Thread thread) {
        this.task = task;
        this.thread = thread;
    }

    /** Begins. */
    static <T> BesideTask<T> begin(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "outgrow-" + name);
        thread.setDaemon(true);
        thread.start();
        return new BesideTask<>(task, thread);
    }

    /** Waits for what it gives, or throws what it threw. */
    T result() throws SQLException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Interrupts it if it still runs, and waits for its end: what it uses may be closed then. */
    @Override
    public void close() {
        if (task.isDone()) {
            return;
        }
        thread.interrupt();
        Uninterruptibles.joinUninterruptibly(thread);
    }
}
