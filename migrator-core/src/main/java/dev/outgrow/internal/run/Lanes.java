package dev.outgrow.internal.run;

import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import java.sql.Connection;
import java.sql.SQLException;

/** What the threads of a run keep: connections to one side or both. */
final class Lanes {
    private Lanes() {}

    /** A connection to the snapshot. */
    record Reading(Connection sqlite, TextEncoding encoding) implements Schedule.Lane {
        @Override
        public void cancel() {
            InterruptWatch.ask(sqlite);
        }

        @Override
        public void cut() {}

        @Override
        public void close() {
            closeQuietly(sqlite);
        }
    }

    /** A connection to each side, and the copier between them. */
    record Loading(Connection sqlite, Connection postgres, TableCopier copier) implements Schedule.Lane {
        @Override
        public void cancel() {
            InterruptWatch.ask(sqlite);
            InterruptWatch.ask(postgres);
        }

        @Override
        public void cut() {
            InterruptWatch.cut(postgres);
        }

        @Override
        public void close() {
            closeQuietly(sqlite);
            closeQuietly(postgres);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(Lanes.class.getName())
                    .log(System.Logger.Level.DEBUG, "Closing a connection failed; it may be gone.");
        }
    }
}
