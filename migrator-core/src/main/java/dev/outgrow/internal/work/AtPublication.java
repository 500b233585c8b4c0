package dev.outgrow.internal.work;

import dev.outgrow.plan.MigrationPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something else that takes part in a migration: it may refuse the plan, and is recorded in the transaction that
 * publishes.
 */
@FunctionalInterface
public interface AtPublication {
    /** Nothing takes part. */
    AtPublication NOTHING = (connection, views) -> {};

    /**
     * Called when the run is recorded as done and nothing is committed yet.
     *
     * @param connection the session, in the transaction
     * @param views the names of the views and sequences that the run made beside its tables
     */
    void publishing(Connection connection, List<String> views) throws SQLException;

    /** How long nobody has been able to write to the source; empty if nobody was kept from it. */
    default Optional<Duration> downtime() {
        return Optional.empty();
    }

    /**
     * Called with the census of the source's own rows, before {@link #planned}; not if a rule or a query gives other rows than those
     * that are stored.
     *
     * @param census gives that of all tables that are migrated
     */
    default void counted(Supplier<KeptCensus> census) {
        // By default nobody keeps it.
    }

    /**
     * Called before the first write.
     *
     * @param plan the plan that is about to be carried out
     * @throws dev.outgrow.exception.MigrationException to refuse it
     */
    default void planned(MigrationPlan plan) {
        // By default every plan is accepted.
    }
}
