package dev.outgrow.validate.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.sqlite.SQLiteConnection;

/**
 * The connections of one validation, in pairs, and the threads that work on them. All connections to PostgreSQL read
 * one snapshot, so that all see the same. Opened and closed by one thread.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION">PostgreSQL,
 *     "Snapshot Synchronization Functions"</a>
 */
public final class Lanes implements AutoCloseable {
    /** Work for one lane. */
    @FunctionalInterface
    public interface Work {
        void on(Lane lane) throws SQLException, InterruptedException;
    }

    /**
     * Compiling queries that only read a list of columns costs more than it gains; and rows that a policy hides must be
     * an error, not missing rows.
     */
    private static final String SETTINGS = """
            SET LOCAL jit = off;
            SET LOCAL work_mem = '32MB';
            SET LOCAL statement_timeout = 0;
            SET LOCAL idle_in_transaction_session_timeout = 0;
            SET LOCAL row_security = off""";

    /** How long a thread may take to end by itself once it was asked to. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final DatabaseAccess sqlite;
    private final DatabaseAccess postgres;
    private final int wanted;
    private final List<Lane> lanes = new ArrayList<>();

    /** Connections to the source beside the one lane's. */
    private final List<Connection> besides = new ArrayList<>();

    private @Nullable Savepoint before;
    private boolean autoCommit = true;

    private Lanes(DatabaseAccess sqlite, DatabaseAccess postgres, int wanted) {
        this.sqlite = sqlite;
        this.postgres = postgres;
        this.wanted = wanted;
    }

    public static Lanes open(DatabaseAccess sqlite, DatabaseAccess postgres, int wanted) throws SQLException {
        Lanes lanes = new Lanes(sqlite, postgres, wanted);
        try {
            int count = sqlite.isGiven() || postgres.isGiven() ? 1 : wanted;
            String snapshot = postgres.snapshot();
            for (int i = 0; i < count; i++) {
                Connection source = sqlite.take();
                Connection target;
                try {
                    target = postgres.take();
                } catch (SQLException e) {
                    sqlite.giveBack(source);
                    throw e;
                }
                lanes.lanes.add(new Lane(source, target));
                if (postgres.isGiven()) {
                    lanes.before = target.setSavepoint();
                    settle(target);
                } else {
                    lanes.autoCommit = target.getAutoCommit();
                    begin(target, snapshot);
                    snapshot = snapshot == null && count > 1 ? exportedSnapshot(target) : snapshot;
                }
            }
            return lanes;
        } catch (SQLException | RuntimeException e) {
            lanes.closeAfter(e);
            throw e;
        }
    }

    private static void begin(Connection target, @Nullable String snapshot) throws SQLException {
        if (!target.getAutoCommit()) {
            target.rollback();
        }
        target.setAutoCommit(false);
        try (Statement statement = target.createStatement()) {
            String seeing = snapshot == null ? "" : "SET TRANSACTION SNAPSHOT '" + snapshot + "'; ";
            // The threads already share the work. In one request, since each proof begins so.
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; " + seeing
                    + "SET LOCAL max_parallel_workers_per_gather = 0; " + SETTINGS);
        }
    }

    /**
     * Ends the transaction of a lane, and begins another with a later snapshot, in which now() is now.
     *
     * @return whether it did; the caller's transaction goes on
     */
    boolean beginAnew(Lane lane) throws SQLException {
        if (postgres.isGiven()) {
            return false;
        }
        lane.begun();
        begin(lane.postgres(), postgres.snapshot());
        return true;
    }

    /** Takes back what was prepared for the rows of tables. */
    void takeBack() throws SQLException {
        for (Lane lane : lanes) {
            lane.takeBack();
        }
    }

    /** Settings that end with the transaction, or with the savepoint before. */
    private static void settle(Connection target) throws SQLException {
        try (Statement statement = target.createStatement()) {
            statement.execute(SETTINGS);
        }
    }

    private static String exportedSnapshot(Connection target) throws SQLException {
        try (Statement statement = target.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_export_snapshot()")) {
            row.next();
            return row.getString(1);
        }
    }

    /** The first pair, for work that is done by one thread. */
    public Lane first() {
        return lanes.get(0);
    }

    /** How many can work at once. */
    public int count() {
        return lanes.size();
    }

    /** Whether one session alone sees the target's rows while the source's can be read by several threads. */
    boolean hasOneSession() {
        return wanted > 1 && postgres.isGiven() && !sqlite.isGiven();
    }

    /** As many connections to the source as were wanted, for work on {@linkplain #hasOneSession() one session}. */
    List<Connection> sources() throws SQLException {
        while (besides.size() < wanted - 1) {
            besides.add(sqlite.take());
        }
        List<Connection> sources = new ArrayList<>(besides);
        sources.add(first().sqlite());
        return sources;
    }

    /**
     * Does all the work, on all lanes.
     *
     * @throws InterruptedException if the calling thread was interrupted; then no work continues
     */
    public void run(List<Work> all) throws SQLException, InterruptedException {
        if (lanes.size() == 1) {
            for (Work work : all) {
                work.on(lanes.get(0));
            }
            return;
        }
        Queue<Work> open = new ConcurrentLinkedQueue<>(all);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(lanes.size());
        List<Thread> threads = new ArrayList<>();
        for (Lane lane : lanes) {
            Thread thread = new Thread(() -> drain(open, lane, failure, ended), "outgrow-validate-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        try {
            ended.await();
        } catch (InterruptedException e) {
            open.clear();
            stop(threads);
            throw e;
        }
        rethrow(failure.get());
    }

    /** Throws what ended another thread's work, if anything did. */
    static void rethrow(@Nullable Throwable failure) throws SQLException, InterruptedException {
        if (failure instanceof SQLException e) {
            throw e;
        } else if (failure instanceof InterruptedException e) {
            throw e;
        } else if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }

    private static void drain(
            Queue<Work> open, Lane lane, AtomicReference<@Nullable Throwable> failure, CountDownLatch ended) {
        try {
            for (Work work = open.poll(); work != null; work = open.poll()) {
                work.on(lane);
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
            open.clear();
        } finally {
            ended.countDown();
        }
    }

    private void stop(List<Thread> threads) {
        threads.forEach(Thread::interrupt);
        // To ask a server means to connect to it once more, which can take as long as the server pleases.
        List<Lane> asked = List.copyOf(lanes);
        Thread asking = new Thread(() -> asked.forEach(Lanes::ask), "outgrow-cancel");
        asking.setDaemon(true);
        asking.start();
        try {
            long patience = System.nanoTime() + PATIENCE_NANOS;
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(patience - System.nanoTime())));
            }
            if (threads.stream().anyMatch(Thread::isAlive)) {
                cut();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void ask(Lane lane) {
        try {
            lane.postgres().unwrap(PGConnection.class).cancelQuery();
            lane.sqlite().unwrap(SQLiteConnection.class).getDatabase().interrupt();
        } catch (SQLException e) {
            // It ends with the query it is in.
        }
    }

    private void cut() {
        for (Lane lane : lanes) {
            try {
                lane.postgres().abort(Runnable::run);
            } catch (SQLException e) {
                // It is gone already.
            }
        }
    }

    @Override
    public void close() throws SQLException {
        SQLException failure = null;
        for (Lane lane : lanes) {
            try {
                if (before != null) {
                    lane.postgres().rollback(before);
                } else if (!lane.postgres().isClosed()) {
                    lane.postgres().rollback();
                    lane.postgres().setAutoCommit(autoCommit);
                }
                postgres.giveBack(lane.postgres());
            } catch (SQLException e) {
                failure = e;
            }
            try {
                sqlite.giveBack(lane.sqlite());
            } catch (SQLException e) {
                failure = e;
            }
        }
        lanes.clear();
        for (Connection source : besides) {
            try {
                sqlite.giveBack(source);
            } catch (SQLException e) {
                failure = e;
            }
        }
        besides.clear();
        if (failure != null) {
            throw failure;
        }
    }

    private void closeAfter(Exception cause) {
        try {
            close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
