package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFacts;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.plan.ExistingSchema;
import dev.outgrow.report.Phase;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.DatabaseAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The comparison of both databases as they stand, some time after a run. */
final class LaterComparison {
    private final MigrationOptions options;
    private final PgServer server;
    private final Progress progress;

    LaterComparison(MigrationOptions options, PgServer server, Progress progress) {
        this.options = options;
        this.server = server;
        this.progress = progress;
    }

    /**
     * Compares.
     *
     * @throws MigrationException where the source or the target cannot be read, or the thread is interrupted
     */
    ValidationReport run(ServerFacts facts) {
        progress.begin(Phase.SNAPSHOT);
        try (Snapshot snapshot = options.source().begin(options.backup(), false)) {
            if (options.schema() instanceof ExistingSchema schema) {
                snapshot.complete();
                return compareExisting(snapshot, schema);
            }
            Prepared prepared = new Preparation(options, snapshot, facts, progress).prepare();
            progress.begin(Phase.VALIDATION);
            return new Comparison(options, prepared, progress)
                    .run(
                            server,
                            options.schema().name(),
                            List.of(options.schema().name()),
                            true);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "comparing");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException(Reason.INTERRUPTED, "Interrupted while comparing.", "call again.", e);
        } finally {
            progress.end();
        }
    }

    private ValidationReport compareExisting(Snapshot snapshot, ExistingSchema schema)
            throws SQLException, InterruptedException {
        ExistingPreparation.Ready ready;
        try (Connection connection = server.open()) {
            new SchemaReadiness(schema, connection).demand();
            ready = new ExistingPreparation(options, schema, snapshot, progress).prepare(connection, true);
        }
        progress.begin(Phase.VALIDATION);
        return new ExistingComparison(options, ready.plan(), progress)
                .run(DatabaseAccess.opening(snapshot::open), DatabaseAccess.opening(server::open), true);
    }
}
