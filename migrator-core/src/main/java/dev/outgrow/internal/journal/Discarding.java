package dev.outgrow.internal.journal;

import dev.outgrow.internal.postgres.Identifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;

/** How an unfinished run is discarded, with everything that it made. */
public final class Discarding {
    /** The SQLSTATE dependent_objects_still_exist. */
    private static final String DEPENDENTS = "2BP01";

    private Discarding() {}

    /**
     * Drops what an unfinished run made, its record, and the journal itself if it holds nothing else. Many tables are
     * dropped first, in transactions of their own; the rest is one transaction.
     *
     * @param connection a session, in a transaction or not; afterwards in autocommit mode
     * @param targetSchema the run's target, which may have been made for an extension
     * @return whether it dropped them; false if another instance has taken over the run
     */
    public static boolean discard(Connection connection, RecordedRun run, String targetSchema) throws SQLException {
        connection.setAutoCommit(false);
        boolean discarded = discardInTransaction(connection, run, targetSchema);
        connection.commit();
        connection.setAutoCommit(true);
        return discarded;
    }

    static boolean discardInTransaction(Connection connection, RecordedRun run, String targetSchema)
            throws SQLException {
        if (!Journal.isOurs(connection, run)) {
            return false;
        }
        if (run.stagingSchema().isPresent()
                && Ownership.schema(connection, run.stagingSchema().get()) == Ownership.Of.US) {
            Remains remains = new Remains(connection, run.stagingSchema().get());
            if (remains.areMany()) {
                if (!Journal.markDiscarding(connection, run)) {
                    return false;
                }
                connection.commit();
                remains.drop();
            }
        }
        Map<String, Journal.Step> done = Journal.steps(connection, run.id());
        Set<String> steps = done.keySet();
        if (!Journal.remove(connection, run)) {
            return false;
        }
        if (run.stagingSchema().isPresent()) {
            StagingSchema.drop(connection, run.stagingSchema().get());
        }
        for (String step : steps) {
            if (step.startsWith(Journal.EXTENSION_STEP)) {
                dropUnused(connection, "EXTENSION IF EXISTS " + step.substring(Journal.EXTENSION_STEP.length()));
            }
        }
        if (steps.contains(Journal.SCHEMA_STEP)) {
            dropUnused(connection, "SCHEMA IF EXISTS " + Identifier.quote(targetSchema));
        }
        if (steps.contains(Journal.SET_ASIDE_STEP)) {
            Layout.dropSetAsideIfEmpty(connection);
        }
        AheadRecord.among(done).ifPresent(AheadRecord::removeBase);
        if (run.kind() == RunKind.REHEARSAL) {
            Journal.numberBack(connection, run);
        }
        Layout.dropIfEmpty(connection);
        return true;
    }

    /** If the app has begun to use an extension or a schema meanwhile, it stays. */
    private static void dropUnused(Connection connection, String what) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP " + what);
        } catch (SQLException e) {
            connection.rollback(before);
            if (!DEPENDENTS.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
