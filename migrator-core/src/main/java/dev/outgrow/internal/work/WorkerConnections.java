package dev.outgrow.internal.work;

import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.sqlite.read.RowSource;
import java.sql.Connection;
import java.util.function.Consumer;

/** What the threads of a run keep: connections to one side or both. Each is but equal to itself. */
public final class WorkerConnections {
    private WorkerConnections() {}

    /** A connection to the snapshot. */
    public static final class Reading implements Schedule.Worker {
        private final RowSource source;

        public Reading(RowSource source) {
            this.source = source;
        }

        public RowSource source() {
            return source;
        }

        @Override
        public void cancel() {
            InterruptWatch.ask(source.connection());
        }

        @Override
        public void cut() {}

        @Override
        public void close() {
            closeQuietly(source);
        }
    }

    /** A connection to each side, and the copier between them. */
    public static final class Loading implements Schedule.Worker {
        private final RowSource source;
        private final Connection postgres;
        private final TableCopier copier;

        public Loading(RowSource source, Connection postgres, TableCopier copier) {
            this.source = source;
            this.postgres = postgres;
            this.copier = copier;
        }

        public RowSource source() {
            return source;
        }

        public Connection postgres() {
            return postgres;
        }

        public TableCopier copier() {
            return copier;
        }

        @Override
        public void cancel() {
            InterruptWatch.ask(source.connection());
            InterruptWatch.ask(postgres);
        }

        @Override
        public void cut() {
            InterruptWatch.cut(postgres);
        }

        @Override
        public void close() {
            closeQuietly(source);
            closeQuietly(postgres);
        }
    }

    /** A connection to the target, which somebody else wants afterwards. */
    public static final class Creating implements Schedule.Worker {
        private final Connection postgres;
        private final Consumer<Connection> next;

        /**
         * A connection.
         *
         * @param next gets it in the end, whatever state it is in
         */
        public Creating(Connection postgres, Consumer<Connection> next) {
            this.postgres = postgres;
            this.next = next;
        }

        public Connection postgres() {
            return postgres;
        }

        @Override
        public void cancel() {
            InterruptWatch.ask(postgres);
        }

        @Override
        public void cut() {
            InterruptWatch.cut(postgres);
        }

        @Override
        public void close() {
            next.accept(postgres);
        }
    }

    private static void closeQuietly(AutoCloseable connection) {
        try {
            connection.close();
        } catch (Exception e) {
            System.getLogger(WorkerConnections.class.getName())
                    .log(System.Logger.Level.DEBUG, "Closing a connection failed; it may be gone.");
        }
    }
}
