package dev.outgrow.internal.work;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What else is recorded in the transaction that publishes a migration. */
@FunctionalInterface
public interface AtPublication {
    /** Nothing. */
    AtPublication NOTHING = (connection, views) -> {};

    /**
     * Is called when the run is recorded as done and nothing is committed yet.
     *
     * @param connection the session, in the transaction
     * @param views the names of the views and sequences that the run made beside its tables
     */
    void publishing(Connection connection, List<String> views) throws SQLException;
}
