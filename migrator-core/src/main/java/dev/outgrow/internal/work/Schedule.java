package dev.outgrow.internal.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tasks with dependencies, run by a fixed number of threads. Of the tasks that are ready, those that cost nothing run
 * first, before others take the locks that they need for a moment; then the one with the most remaining work: its own
 * cost and that of the longest chain that waits for it. That keeps all threads busy to the end. Each thread keeps a lane,
 * such as a pair of connections, for all its tasks. The first failure stops the rest.
 *
 * @param <L> what a thread keeps
 */
public final class Schedule<L extends Schedule.Worker> {
    /** What a thread keeps for all its tasks. */
    public interface Worker extends AutoCloseable {
        /** Called from another thread: asks that the lane's current work ends soon. */
        void cancel();

        /** Called from another thread if asking did not help: the lane is useless from then on. */
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
        /** The cost from its start to the end of the longest chain that waits for it. */
        private long chain;

        private Task(long cost, int order, Map<String, TableLock> locks, Work<L> work) {
            this.cost = cost;
            this.order = order;
            this.locks = locks;
            this.work = work;
        }

        private boolean conflictsWith(Task<L> other) {
            for (Map.Entry<String, TableLock> lock : locks.entrySet()) {
                TableLock held = other.locks.get(lock.getKey());
                if (held != null && lock.getValue().conflictsWith(held)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** How long a thread has to end by itself once it was asked to. */
    private static final long PATIENCE_MILLIS = 500;

    private final NavigableSet<Task<L>> ready = new TreeSet<>(Schedule::order);
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
     * Adds a task that does not start while a task with a conflicting lock is running.
     *
     * @param locks its locks, by the names of the tables
     */
    public Task<L> add(long cost, List<Task<L>> after, Map<String, TableLock> locks, Work<L> work) {
        Task<L> task = new Task<>(cost, tasks.size(), Map.copyOf(locks), work);
        for (Task<L> before : after) {
            before.followers.add(task);
        }
        task.waitingFor = after.size();
        tasks.add(task);
        return task;
    }

    /**
     * Runs all tasks.
     *
     * @throws InterruptedException if the caller was interrupted; all threads have then ended
     */
    public void run(int threads, Opener<L> opener) throws Exception {
        if (tasks.isEmpty()) {
            return;
        }
        unfinished = tasks.size();
        // Followers were added later, so going backwards each follower is known before the tasks it waits for.
        for (int i = tasks.size() - 1; i >= 0; i--) {
            Task<L> task = tasks.get(i);
            long longest = 0;
            for (Task<L> follower : task.followers) {
                longest = Math.max(longest, follower.chain);
            }
            task.chain = task.cost + longest;
        }
        for (Task<L> task : tasks) {
            if (task.waitingFor == 0) {
                ready.add(task);
            }
        }
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

    /** Whether besides one running task there is another that runs or could. */
    public synchronized boolean hasMoreThanOne() {
        return running.size() > 1 || free() != null;
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
            if (!conflictsWithRunning(task)) {
                return task;
            }
        }
        return null;
    }

    private boolean conflictsWithRunning(Task<L> task) {
        for (Task<L> other : running) {
            if (task.conflictsWith(other)) {
                return true;
            }
        }
        return false;
    }

    private static int order(Task<?> one, Task<?> other) {
        int free = Boolean.compare(one.cost > 0, other.cost > 0);
        int chain = free != 0 ? free : Long.compare(other.chain, one.chain);
        return chain != 0 ? chain : Integer.compare(one.order, other.order);
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
        // Cancelling means connecting to the server once more, which can take arbitrarily long.
        thread(() -> others.forEach(Worker::cancel)).start();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "outgrow-worker");
        thread.setDaemon(true);
        return thread;
    }

    /** Waits until no thread has a lane; one that is still connecting ends by itself afterwards. */
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
