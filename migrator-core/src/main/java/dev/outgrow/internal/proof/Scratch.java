package dev.outgrow.internal.proof;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * Work on a connection to PostgreSQL that leaves no trace: within the caller's transaction it is rolled back to a
 * savepoint, otherwise it has a transaction of its own.
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
     * A finding that says what the work could not do. The SQLState says enough; the server's message could hold a
     * value.
     */
    static Finding failure(SQLException e) {
        String state = e.getSQLState();
        boolean server = state != null && state.length() == 5;
        return Finding.failed(
                server
                        ? "PostgreSQL cannot evaluate the translation (SQLState " + state + ")"
                        : "SQLite cannot evaluate it here (code " + e.getErrorCode() + ")");
    }

    /** Whether the connection failed, which says nothing about the expression. */
    static boolean isOfConnection(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57"));
    }
}
