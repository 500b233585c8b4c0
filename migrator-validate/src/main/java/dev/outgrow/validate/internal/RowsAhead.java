package dev.outgrow.validate.internal;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the source that a thread of their own reads ahead, so that a comparison on a single connection asks SQLite
 * and PostgreSQL at once. Few rows are read ahead, and none beside a large one. Not safe for concurrent use.
 */
final class RowsAhead implements RowStream {
    private static final int BATCHES = 3;
    private static final int VALUES = 4096;
    private static final int MOST_ROWS = 256;
    private static final int BATCH_BYTES = 256 << 10;

    /** Beside rows of this size no others are kept in memory. */
    private static final int LARGE_BYTES = 1 << 20;

    /** Some rows on their way to the thread that compares them. */
    private static final class Batch {
        private final ValueSlot[][] rows;
        private int count;
        private long bytes;
        private boolean last;
        private @Nullable Throwable failure;

        private Batch(int rows, int columns) {
            this.rows = new ValueSlot[rows][];
            for (int i = 0; i < rows; i++) {
                this.rows[i] = newSlots(columns);
            }
        }

        private void clear() {
            for (int i = 0; i < count; i++) {
                setNull(rows[i]);
            }
            count = 0;
            bytes = 0;
        }
    }

    private final SourceRows source;
    private final ValueSlot[] slots;
    private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(BATCHES);
    private final BlockingQueue<Batch> filled = new ArrayBlockingQueue<>(BATCHES);
    private final Thread thread;
    private @Nullable Batch current;
    private int at;

    /** Begins to read; the rows are closed together with this. */
    RowsAhead(SourceRows source) {
        this.source = source;
        int columns = source.slots().length;
        this.slots = newSlots(columns);
        int rows = Math.max(1, Math.min(MOST_ROWS, VALUES / Math.max(1, columns)));
        for (int i = 0; i < BATCHES; i++) {
            free.add(new Batch(rows, columns));
        }
        thread = new Thread(this::read, "outgrow-validate-source");
        thread.setDaemon(true);
        thread.start();
    }

    private static ValueSlot[] newSlots(int columns) {
        ValueSlot[] made = new ValueSlot[columns];
        for (int i = 0; i < columns; i++) {
            made[i] = new ValueSlot();
        }
        return made;
    }

    private static void setNull(ValueSlot[] row) {
        for (ValueSlot slot : row) {
            slot.setNull();
        }
    }

    private void read() {
        try {
            boolean last = false;
            while (!last) {
                Batch batch = free.take();
                fill(batch);
                last = batch.last;
                boolean large = batch.bytes > LARGE_BYTES;
                filled.add(batch);
                if (large) {
                    awaitReturn();
                }
            }
        } catch (InterruptedException e) {
            // The comparison has ended, and nobody needs the rest.
            Thread.currentThread().interrupt();
        }
    }

    private void fill(Batch batch) {
        try {
            ValueSlot[] read = source.slots();
            while (batch.count < batch.rows.length && batch.bytes < BATCH_BYTES) {
                if (!source.next()) {
                    batch.last = true;
                    break;
                }
                ValueSlot[] row = batch.rows[batch.count++];
                for (int i = 0; i < read.length; i++) {
                    row[i].set(read[i]);
                    batch.bytes += read[i].length();
                }
            }
            setNull(read);
        } catch (Throwable e) {
            batch.failure = e;
            batch.last = true;
        }
    }

    /** Waits until all batches were compared and emptied. */
    private void awaitReturn() throws InterruptedException {
        Batch[] all = new Batch[BATCHES];
        for (int i = 0; i < BATCHES; i++) {
            all[i] = free.take();
        }
        for (Batch batch : all) {
            free.add(batch);
        }
    }

    @Override
    public ValueSlot[] slots() {
        return slots;
    }

    @Override
    public boolean next() throws SQLException {
        Batch batch = current;
        while (batch == null || at == batch.count) {
            if (batch != null) {
                if (batch.last) {
                    rethrow(batch.failure);
                    return false;
                }
                setNull(slots);
                batch.clear();
                free.add(batch);
            }
            batch = Uninterruptibles.takeUninterruptibly(filled);
            current = batch;
            at = 0;
        }
        ValueSlot[] row = batch.rows[at++];
        for (int i = 0; i < slots.length; i++) {
            slots[i].set(row[i]);
        }
        return true;
    }

    private static void rethrow(@Nullable Throwable failure) throws SQLException {
        if (failure instanceof SQLException e) {
            throw e;
        } else if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        thread.interrupt();
        Uninterruptibles.joinUninterruptibly(thread);
        source.close();
    }
}
