package dev.outgrow.internal.run;

import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** What the threads of a run keep: connections to one side or both. */
final class Lanes {
    private Lanes() {}

    /** A connection to the snapshot. */
    record Reading(Connection sqlite, TextEncoding encoding) implements Schedule.Lane {
        /** The reader looks at the thread's interrupt flag itself. */
        @Override
        public void cancel() {}

        @Override
        public void close() {
            closeQuietly(sqlite);
        }
    }

    /** A connection to each side, and the copier between them. */
    record Loading(Connection sqlite, Connection postgres, TableCopier copier) implements Schedule.Lane {
        @Override
        public void cancel() {
            try {
                postgres.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                System.getLogger(Lanes.class.getName())
                        .log(System.Logger.Level.DEBUG, "A query could not be cancelled; its connection may be gone.");
            }
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
