package dev.outgrow.validate.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLState;

/** One connection to each database, used by one thread at a time. */
public final class Lane {
    /**
     * Several connections copied a table, so PostgreSQL considers its rows less ordered than they are, and would sort
     * what the index gives in order.
     */
    private static final String BY_INDEX = """
            SET LOCAL enable_sort = off;
            SET LOCAL enable_bitmapscan = off;
            SET LOCAL max_parallel_workers_per_gather = 0""";

    private final Connection sqlite;
    private final Connection postgres;
    private @Nullable Savepoint before;
    private boolean byIndex;

    Lane(Connection sqlite, Connection postgres) {
        this.sqlite = sqlite;
        this.postgres = postgres;
    }

    public Connection sqlite() {
        return sqlite;
    }

    public Connection postgres() {
        return postgres;
    }

    /**
     * Prepares for a query of PostgreSQL that may be cut short. What was prepared stays for the next one: in a database of many small
     * tables each request takes as long as the rows of a table.
     *
     * @param inOrderOfIndex whether rows are to come from the index that has their order
     */
    public void ready(boolean inOrderOfIndex) throws SQLException {
        if (before == null) {
            before = postgres.setSavepoint();
        }
        if (inOrderOfIndex && !byIndex) {
            try (Statement statement = postgres.createStatement()) {
                statement.execute(BY_INDEX);
            }
            byIndex = true;
        } else if (!inOrderOfIndex && byIndex) {
            takeBack();
        }
    }

    /**
     * Takes back what was prepared, after a query that was cut short, or after the last. If a query ends before its cancellation
     * arrives, the cancellation hits the next statement, which is this one.
     */
    public void takeBack() throws SQLException {
        byIndex = false;
        if (before == null || postgres.isClosed()) {
            return;
        }
        try {
            postgres.rollback(before);
        } catch (SQLException e) {
            if (!PSQLState.QUERY_CANCELED.getState().equals(e.getSQLState())) {
                throw e;
            }
            postgres.rollback(before);
        }
    }

    /** Begins another transaction: what was prepared has ended with the one before. */
    void begun() {
        before = null;
        byIndex = false;
    }
}
