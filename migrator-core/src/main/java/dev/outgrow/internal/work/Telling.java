package dev.outgrow.internal.work;

import dev.outgrow.progress.MigrationListener;
import dev.outgrow.progress.PhaseStarted;
import dev.outgrow.progress.Progressed;
import dev.outgrow.progress.StepStarted;
import dev.outgrow.progress.Waiting;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Delivers events to a listener one at a time, and never holds up the work for a slow listener: of the events that come
 * while it is busy, it gets only the newest. Only the start of a phase is delivered synchronously. Safe for use by
 * several threads.
 */
final class Telling {
    /**
     * How long the start of a phase waits for a busy listener: long enough that a listener is not taken for a slow one
     * when its thread was just not given a processor. Waits once for one that does not come back.
     */
    private static final long MOST_WAIT_MILLIS = 500;

    private final MigrationListener listener;
    private final Executor executor;
    private final AtomicReference<Runnable> newest = new AtomicReference<>();
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicInteger phasesToTell = new AtomicInteger();

    /** Delivers by an executor, which is asked once for each event or once for the newest of several. */
    Telling(MigrationListener listener, Executor executor) {
        this.listener = listener;
        this.executor = executor;
    }

    /** Delivers on a thread of its own, which ends when there are no more events. */
    static Telling beside(MigrationListener listener) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "outgrow-listener");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return new Telling(listener, executor);
    }

    void phaseStarted(PhaseStarted event) {
        inTurn(() -> listener.phaseStarted(event));
    }

    /** That all is done: told before the run returns, if the listener is not busy. */
    void done(Progressed event) {
        inTurn(() -> listener.progressed(event));
    }

    private void inTurn(Runnable call) {
        newest.set(null);
        if (phasesToTell.get() > 0 || !toldHere(call)) {
            phasesToTell.incrementAndGet();
            executor.execute(() -> {
                tell(call);
                phasesToTell.decrementAndGet();
            });
        }
    }

    /** Delivers on this thread, if the listener finishes other events soon. */
    private boolean toldHere(Runnable call) {
        boolean interrupted = Thread.interrupted();
        try {
            if (!turn.tryLock(MOST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            tell(call);
            return true;
        } finally {
            turn.unlock();
        }
    }

    void stepStarted(StepStarted event) {
        later(() -> listener.stepStarted(event));
    }

    void progressed(Progressed event) {
        later(() -> listener.progressed(event));
    }

    void waiting(Waiting event) {
        later(() -> listener.waiting(event));
    }

    private void later(Runnable event) {
        if (newest.getAndSet(event) == null) {
            executor.execute(() -> {
                Runnable latest = newest.getAndSet(null);
                if (latest != null) {
                    tell(latest);
                }
            });
        }
    }

    private void tell(Runnable call) {
        turn.lock();
        try {
            call.run();
        } catch (RuntimeException e) {
            System.getLogger(Telling.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The migration's listener threw " + e.getClass().getName() + ".");
        } finally {
            turn.unlock();
        }
    }
}
