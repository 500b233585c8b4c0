package dev.outgrow.internal.work;

import dev.outgrow.plan.MigrationPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What else has a say in a migration: it may refuse the plan, and is recorded in the transaction that publishes. */
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

    /**
     * Is called before the first write.
     *
     * @param plan what is about to be carried out
     * @throws dev.outgrow.exception.MigrationException if it is not to be
     */
    default void planned(MigrationPlan plan) {
        // Most take every plan.
    }
}
