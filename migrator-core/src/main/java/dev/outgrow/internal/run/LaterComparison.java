package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFacts;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.report.Phase;
import dev.outgrow.validate.ValidationReport;
import java.sql.SQLException;

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
            return Way.of(options).compare(server, facts, snapshot, progress);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "comparing");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException(Reason.INTERRUPTED, "Interrupted while comparing.", "call again.", e);
        } finally {
            progress.end();
        }
    }
}
