package dev.outgrow.internal.work;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for one another, worked off by a fixed number of threads: of those that are ready the one first that has the
 * most behind it, its own cost and that of the longest chain that waits for it, so that all threads are busy to the end. Each
 * thread keeps a lane, such as a pair of connections, for all its tasks. The first failure stops the rest.
 *
 * @param <L> what a thread keeps
 */
public final class Schedule<L extends Schedule.Worker> {
    /** What a thread keeps for all its tasks. */
    public interface Worker extends AutoCloseable {
        /** Called from another thread: asks that whatever the lane is doing ends soon. */
        void cancel();

        /** Likewise, where asking did not help: the lane is of no use any more. */
        void cut();

        @Override
        void close();
    }

    /** Opens a lane, on the thread that will use it. */
    @FunctionalInterface
    public interface Opener<L> {
        L open() throws Exception;
    }

    /** What a task does. */
    @FunctionalInterface
    public interface Work<L> {
        void run(L lane) throws Exception;
    }

    /** A task, and what waits for it. */
    public static final class Task<L> {
        private final long cost;
        private final int order;
        private final Map<String, TableLock> locks;
        private final Work<L> work;
        private final List<Task<L>> followers = new ArrayList<>();
        private int waitingFor;
        /** What is left from its start to the end of the longest chain that waits for it. */
        private long chain;

        private Task(long cost, int order, Map<String, TableLock> locks, Work<L> work) {
            this.cost = cost;
            this.order = order;
            this.locks = locks;
            this.work = work;
        }

        private boolean conflictsWith(Task<L> other) {
            return locks.entrySet().stream().anyMatch(lock -> {
                TableLock held = other.locks.get(lock.getKey());
                return held != null && lock.getValue().conflictsWith(held);
            });
        }
    }

    /** How long a thread has to end by itself once it was asked to. */
    private static final long PATIENCE_MILLIS = 500;

    private final NavigableSet<Task<L>> ready =
            new TreeSet<>(Comparator.<Task<L>>comparingLong(task -> -task.chain).thenComparingInt(task -> task.order));
    private final List<Task<L>> running = new ArrayList<>();
    private final List<Task<L>> tasks = new ArrayList<>();
    private final List<L> lanes = new ArrayList<>();
    private int unfinished;
    private boolean stopped;
    private @Nullable Exception failure;

    /**
     * Adds a task.
     *
     * @param cost how large it is, in any unit that all tasks share
     * @param after tasks that must have ended before, all of them added already
     */
    public Task<L> add(long cost, List<Task<L>> after, Work<L> work) {
        return add(cost, after, Map.of(), work);
    }

    /**
     * Likewise, for a task that is not begun while one is at work that has a conflicting lock.
     *
     * @param locks what it locks, by the names of the tables
     */
    public Task<L> add(long cost, List<Task<L>> after, Map<String, TableLock> locks, Work<L> work) {
        Task<L> task = new Task<>(cost, tasks.size(), Map.copyOf(locks), work);
        after.forEach(before -> before.followers.add(task));
        task.waitingFor = after.size();
        tasks.add(task);
        return task;
    }

    /**
     * Works all tasks off.
     *
     * @throws InterruptedException where the caller was interrupted; all threads have ended then
     */
    public void run(int threads, Opener<L> opener) throws Exception {
        if (tasks.isEmpty()) {
            return;
        }
        unfinished = tasks.size();
        // Followers were added later, so that backwards each of them is known before those it waits for.
        for (int i = tasks.size() - 1; i >= 0; i--) {
            Task<L> task = tasks.get(i);
            long longest = 0;
            for (Task<L> follower : task.followers) {
                longest = Math.max(longest, follower.chain);
            }
            task.chain = task.cost + longest;
        }
        tasks.stream().filter(task -> task.waitingFor == 0).forEach(ready::add);
        int count = Math.min(threads, tasks.size());
        ExecutorService executor = Executors.newFixedThreadPool(count, Schedule::thread);
        for (int i = 0; i < count; i++) {
            executor.execute(() -> work(opener));
        }
        executor.shutdown();
        try {
            while (!isStopped() && !executor.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                // All is well, and there is work left.
            }
        } catch (InterruptedException e) {
            stop(e);
            throw e;
        } finally {
            executor.shutdownNow();
            end(executor);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void work(Opener<L> opener) {
        L lane = null;
        try {
            lane = opener.open();
            synchronized (this) {
                lanes.add(lane);
            }
            for (Task<L> task = next(); task != null; task = next()) {
                task.work.run(lane);
                finished(task);
            }
        } catch (Exception e) {
            stop(e);
        } catch (Error e) {
            stop(new IllegalStateException("a worker ended with " + e.getClass().getName(), e));
            throw e;
        } finally {
            if (lane != null) {
                synchronized (this) {
                    lanes.remove(lane);
                }
                lane.close();
            }
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized @Nullable Task<L> next() throws InterruptedException {
        while (!stopped && unfinished > 0) {
            Task<L> free = free();
            if (free != null) {
                ready.remove(free);
                running.add(free);
                return free;
            }
            wait();
        }
        return null;
    }

    private @Nullable Task<L> free() {
        for (Task<L> task : ready) {
            if (running.stream().noneMatch(task::conflictsWith)) {
                return task;
            }
        }
        return null;
    }

    private synchronized void finished(Task<L> task) {
        unfinished--;
        running.remove(task);
        for (Task<L> follower : task.followers) {
            if (--follower.waitingFor == 0) {
                ready.add(follower);
            }
        }
        notifyAll();
    }

    private void stop(Exception cause) {
        List<L> others;
        synchronized (this) {
            if (failure == null && !stopped) {
                failure = cause;
            }
            stopped = true;
            others = List.copyOf(lanes);
            notifyAll();
        }
        // To ask a server means to connect to it once more, which can take as long as the server pleases.
        thread(() -> others.forEach(Worker::cancel)).start();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "outgrow-worker");
        thread.setDaemon(true);
        return thread;
    }

    /** Waits until no thread has a lane any more: one that is still connecting ends by itself when that comes to its end. */
    private void end(ExecutorService executor) {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = executor.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) || cutAll() == 0;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private int cutAll() {
        List<L> left;
        synchronized (this) {
            left = List.copyOf(lanes);
        }
        left.forEach(Worker::cut);
        return left.size();
    }
}
