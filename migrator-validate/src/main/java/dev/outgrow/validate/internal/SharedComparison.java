package dev.outgrow.validate.internal;

import com.google.common.util.concurrent.Uninterruptibles;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Merges the rows of a table on several threads although one session alone sees the target's, since they are not
 * committed yet: the calling thread receives them in the order of their key, and the others compare batches of them, each
 * with the rows that its own connection to the source has between the same keys. Used once.
 */
final class SharedComparison {
    private static final int BATCH_BYTES = 1 << 17;

    /** So many bytes may wait or be compared at once; a larger row is compared before the next is received. */
    private static final int ROOM_BYTES = 1 << 20;

    /** Smaller tables are compared before the threads have begun. */
    private static final long LEAST_ROWS = 20_000;

    private static final RowBatch END = new RowBatch(0);

    private final TableReading plan;
    private final TableFindings tally;
    private final ValidationProgress progress;
    private final int columns;
    private final BlockingQueue<RowBatch> batches = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(ROOM_BYTES);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    SharedComparison(TableReading plan, TableFindings tally, ValidationProgress progress) {
        this.plan = plan;
        this.tally = tally;
        this.progress = progress;
        this.columns = plan.columns().size();
    }

    /** Whether SQLite finds the rows between two keys at once, and there are enough of them. */
    static boolean suits(TableReading plan) {
        return plan.isSplittable()
                && plan.isCopiedInOrder()
                && plan.table().sourceRows().orElse(Long.MAX_VALUE) >= LEAST_ROWS;
    }

    /**
     * Compares the table.
     *
     * @param lane with the session that sees the target's rows
     * @param sources a connection to the source for each thread
     * @throws UnorderedKeyException if the rows cannot be merged; then nothing counted so far is valid
     */
    void run(Lane lane, List<Connection> sources) throws SQLException, InterruptedException, UnorderedKeyException {
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        try {
            for (Connection source : sources) {
                Thread thread = new Thread(() -> compare(source), "outgrow-compare-" + threads.size());
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
            receive(lane);
        } catch (SQLException | InterruptedException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            threads.forEach(Thread::interrupt);
            throw e;
        } finally {
            threads.forEach(thread -> batches.add(END));
            threads.forEach(Uninterruptibles::joinUninterruptibly);
        }
        if (failure.get() instanceof UnorderedKeyException e) {
            throw e;
        }
        Lanes.rethrow(failure.get());
        tally.worked(System.nanoTime() - start);
    }

    private void receive(Lane lane) throws SQLException, InterruptedException {
        boolean whole = false;
        lane.ready(true);
        try (TargetRows target = TargetRows.of(lane.postgres(), plan.targetQuery(KeyRange.ALL), columns)) {
            whole = deal(target);
        } catch (OutOfMemoryError e) {
            // The driver has lost its position in the server's messages, and would wait for the rest forever.
            lane.postgres().abort(Runnable::run);
            throw e;
        } finally {
            if (!whole) {
                lane.takeBack();
            }
        }
    }

    /**
     * Deals all rows, or returns false. The first batch is without a lower end, the last without an upper one: together they
     * have every key once.
     */
    private boolean deal(TargetRows target) throws SQLException, InterruptedException {
        int key = plan.keyIndexes().get(0);
        Long from = null;
        RowBatch batch = new RowBatch(columns);
        while (target.next()) {
            batch.add(target);
            if (batch.size() >= BATCH_BYTES && target.integer(key) < Long.MAX_VALUE) {
                long to = target.integer(key) + 1;
                deal(batch.of(new KeyRange(from, to), target.takeReceived()));
                from = to;
                batch = new RowBatch(columns);
            }
            if (failure.get() != null || tally.stopped()) {
                return false;
            }
        }
        deal(batch.of(new KeyRange(from, null), target.takeReceived()));
        return true;
    }

    private void deal(RowBatch batch) throws InterruptedException {
        room.acquire(taken(batch));
        batches.add(batch);
        if (batch.size() > ROOM_BYTES) {
            room.acquire(ROOM_BYTES);
            room.release(ROOM_BYTES);
        }
    }

    private static int taken(RowBatch batch) {
        return (int) Math.min(batch.size(), ROOM_BYTES);
    }

    private void compare(Connection source) {
        RangeComparison comparison = new RangeComparison(plan, KeyRange.ALL, tally, progress);
        try (SourceRows between = SourceRows.of(source, plan.sourceQueryBetween())) {
            for (RowBatch batch = batches.take(); batch != END; batch = batches.take()) {
                if (failure.get() == null && !tally.stopped()) {
                    compare(batch, comparison, source, between);
                }
                room.release(taken(batch));
            }
            comparison.end();
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
            // Whoever waits for room is to see the failure.
            room.release(ROOM_BYTES);
        }
    }

    private void compare(RowBatch batch, RangeComparison comparison, Connection source, SourceRows between)
            throws SQLException, InterruptedException, UnorderedKeyException {
        Long from = batch.range().from();
        Long to = batch.range().to();
        if (from != null && to != null) {
            between.between(from, to);
            comparison.part(between, batch);
        } else {
            try (SourceRows rows = SourceRows.of(source, plan.sourceQuery(batch.range()))) {
                comparison.part(rows, batch);
            }
        }
    }
}
