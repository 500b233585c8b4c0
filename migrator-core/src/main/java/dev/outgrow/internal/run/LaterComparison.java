package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFacts;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.FailedConverter;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import dev.outgrow.typemap.internal.value.ConverterFailedException;
import dev.outgrow.validate.ValidationReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The comparison of both databases as they stand, some time after a run. */
final class LaterComparison {
    private static final String NO_RIGHT = "42501";

    private final MigrationOptions options;
    private final PgServer server;
    private final Progress progress;

    LaterComparison(MigrationOptions options, PgServer server, Progress progress) {
        this.options = options;
        this.server = server;
        this.progress = progress;
    }

    /**
     * What the run left out is not expected afterwards. A role that may not read the journal has to accept it once
     * more.
     */
    static MigrationOptions asCarriedOut(MigrationOptions options, PgServer server, Snapshot snapshot)
            throws SQLException {
        try (Connection connection = server.open()) {
            List<String> accepted = new RunsBefore(options)
                    .concerning(connection, snapshot)
                    .flatMap(RecordedRun::report)
                    .map(report -> MigrationReport.fromJson(report).accepted())
                    .orElse(List.of());
            return options.withAccepted(options.accepted().and(accepted));
        } catch (MigrationException e) {
            if (e.reason() == Reason.TARGET_UNFIT) {
                return options;
            }
            throw e;
        } catch (SQLException e) {
            if (NO_RIGHT.equals(e.getSQLState())) {
                return options;
            }
            throw e;
        }
    }

    /**
     * Compares.
     *
     * @throws MigrationException if the source or the target cannot be read, or the thread is interrupted
     */
    ValidationReport run(ServerFacts facts) {
        progress.begin(Phase.SNAPSHOT);
        try (Snapshot snapshot = options.source().begin(options.backup(), false)) {
            return Way.of(asCarriedOut(options, server, snapshot)).compare(server, facts, snapshot, progress);
        } catch (ConverterFailedException e) {
            throw FailedConverter.behind(e).orElseThrow();
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
