package dev.outgrow.internal.proof;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * A piece of work on a connection to PostgreSQL that leaves no trace: within the caller's transaction it ends at a savepoint,
 * else it has a transaction of its own.
 */
final class Scratch {
    private Scratch() {}

    /** The work. */
    interface Work {
        /** Does it. */
        Finding run() throws SQLException, InterruptedException;
    }

    static Finding run(Connection postgres, Work work) throws SQLException, InterruptedException {
        boolean alone = postgres.getAutoCommit();
        if (alone) {
            postgres.setAutoCommit(false);
        }
        try {
            Savepoint before = postgres.setSavepoint();
            try {
                return work.run();
            } finally {
                postgres.rollback(before);
            }
        } finally {
            if (alone) {
                postgres.rollback();
                postgres.setAutoCommit(true);
            }
        }
    }

    /**
     * A finding of what the work could not do. The SQLState says enough; the message of the server could have a value in it.
     */
    static Finding failure(SQLException e) {
        String state = e.getSQLState();
        boolean server = state != null && state.length() == 5;
        return Finding.failed(
                server
                        ? "PostgreSQL cannot evaluate the translation (SQLState " + state + ")"
                        : "SQLite cannot evaluate it here (code " + e.getErrorCode() + ")");
    }

    /** Whether the failure is that of the connection, so that it says nothing of the expression. */
    static boolean isOfConnection(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57"));
    }
}
