package dev.outgrow.internal.copy;

import com.google.common.collect.ImmutableList;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.copy.TableCopier.Copied;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.typemap.ColumnMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies tables one after another over one connection, in the current transaction, while threads read and encode the
 * next rows. Parts are read in order, and only a few are begun ahead of the one being sent, so that memory is bounded
 * and the part that is needed next is always under way.
 */
public final class ReadAhead {
    /** How many bytes of a part may wait to be sent; a larger piece waits alone. */
    private static final int ROOM_BYTES = 512 << 10;

    private static final byte[] END = new byte[0];

    /**
     * The rows of one table.
     *
     * @param table the table they come from
     * @param targetTable the table they go to, as SQL writes it
     * @param columns the columns of the queries, in their order
     * @param making what PostgreSQL makes of them
     * @param queries the rows: together all of them, each once
     * @param emptied whether the transaction itself, and no part of it, has emptied a plain table for them: the rows are
     *     frozen then
     */
    public record Work(
            SqliteTable table,
            String targetTable,
            List<ColumnMapping> columns,
            Making making,
            List<RowQuery> queries,
            boolean emptied) {
        public Work {
            columns = ImmutableList.copyOf(columns);
            queries = ImmutableList.copyOf(queries);
        }
    }

    /** Receives the progress of rows. */
    @FunctionalInterface
    public interface Listener {
        void copied(SqliteTable table, long rows, long bytes);
    }

    /** One query, and its pieces on their way. */
    private static final class Part {
        private final Work work;
        private final RowQuery query;
        private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
        private final Semaphore room = new Semaphore(ROOM_BYTES);
        private volatile @Nullable Exception failure;
        private volatile Copied copied = new Copied(0, 0);

        private Part(Work work, RowQuery query) {
            this.work = work;
            this.query = query;
        }

        private void put(byte[] bytes, int length) throws InterruptedException {
            room.acquire(Math.min(length, ROOM_BYTES));
            pieces.put(Arrays.copyOf(bytes, length));
        }

        private void sent(byte[] piece) {
            room.release(Math.min(piece.length, ROOM_BYTES));
        }
    }

    private final Supplier<RowSource> sources;
    private final int threads;
    private final Listener listener;
    private final List<Part> parts = new ArrayList<>();
    private final AtomicInteger nextPart = new AtomicInteger();
    private final Semaphore ahead;

    /**
     * A reader.
     *
     * @param sources opens the snapshot
     * @param threads how many read at once
     * @param listener called from their threads
     */
    public ReadAhead(Supplier<RowSource> sources, int threads, Listener listener) {
        this.sources = sources;
        this.threads = threads;
        this.listener = listener;
        this.ahead = new Semaphore(2 * threads);
    }

    /**
     * Copies all.
     *
     * @param postgres the connection; each table is one COPY
     * @param tableDone called after each table
     * @return what was copied of each table, in their order
     * @throws MigrationException if a value does not fit or a side fails
     * @throws InterruptedException if the thread was interrupted; all threads have then ended
     */
    public List<Copied> copy(Connection postgres, List<Work> all, Runnable tableDone) throws InterruptedException {
        for (Work work : all) {
            work.queries().forEach(query -> parts.add(new Part(work, query)));
        }
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, parts.size()); i++) {
            Thread reader = new Thread(this::read, "outgrow-reader-" + i);
            reader.setDaemon(true);
            reader.start();
            readers.add(reader);
        }
        try {
            List<Copied> copied = new ArrayList<>();
            int part = 0;
            for (Work work : all) {
                copied.add(send(
                        postgres,
                        work,
                        parts.subList(part, part + work.queries().size())));
                part += work.queries().size();
                tableDone.run();
            }
            return copied;
        } finally {
            readers.forEach(Thread::interrupt);
            for (Thread reader : readers) {
                joinQuietly(reader);
            }
        }
    }

    private Copied send(Connection postgres, Work work, List<Part> its) throws InterruptedException {
        if (its.isEmpty()) {
            return new Copied(0, 0);
        }
        CopyIn copy = null;
        try {
            Detour detour = Detour.begin(postgres, work.targetTable(), work.columns(), work.making());
            copy = postgres.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            work.emptied() && detour.isNone()
                                    ? TableCopier.frozen(detour.table(), detour.columns())
                                    : TableCopier.statement(detour.table(), detour.columns()));
            copy.writeToCopy(TableCopier.HEADER, 0, TableCopier.HEADER.length);
            long rows = 0;
            long bytes = 0;
            for (Part part : its) {
                for (byte[] piece = part.pieces.take(); piece != END; piece = part.pieces.take()) {
                    copy.writeToCopy(piece, 0, piece.length);
                    part.sent(piece);
                }
                rethrow(part.failure);
                rows += part.copied.rows();
                bytes += part.copied.bytes();
                ahead.release();
            }
            copy.writeToCopy(TableCopier.TRAILER, 0, TableCopier.TRAILER.length);
            copy.endCopy();
            detour.end();
            return new Copied(rows, bytes);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "copying table " + work.table().name());
        } finally {
            if (copy != null && copy.isActive()) {
                TableCopier.cancel(copy);
            }
        }
    }

    private static void rethrow(@Nullable Exception failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof SQLException e) {
            throw SqliteFailure.of(e, "reading the snapshot");
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    private void read() {
        try (RowSource source = sources.get()) {
            RowEncoder encoder = new RowEncoder(source);
            for (Part part = next(); part != null; part = next()) {
                Part current = part;
                try {
                    current.copied = encoder.<InterruptedException>encode(
                            current.work.table(),
                            current.work.columns(),
                            current.query,
                            current::put,
                            (rows, bytes) -> listener.copied(current.work.table(), rows, bytes));
                } catch (SQLException | RuntimeException e) {
                    current.failure = e;
                } catch (Error e) {
                    current.failure = new IllegalStateException(
                            "a reader ended with " + e.getClass().getName(), e);
                }
                current.pieces.put(END);
                if (current.failure != null) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // The copy has ended, and nobody needs the rest.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failRest(e);
        }
    }

    /** A thread without a connection reads nothing: the thread that waits for its parts must learn of it. */
    private void failRest(Exception cause) {
        try {
            for (Part part = next(); part != null; part = next()) {
                part.failure = cause;
                part.pieces.put(END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Part next() throws InterruptedException {
        if (nextPart.get() >= parts.size()) {
            return null;
        }
        ahead.acquire();
        return parts.get(nextPart.getAndIncrement());
    }

    private static void joinQuietly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
