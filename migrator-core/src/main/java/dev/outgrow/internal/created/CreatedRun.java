package dev.outgrow.internal.created;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.journal.Discarding;
import dev.outgrow.internal.journal.Heartbeat;
import dev.outgrow.internal.journal.Journal;
import dev.outgrow.internal.journal.NewRun;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.journal.RunLock;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.TakenNames;
import dev.outgrow.internal.sqlite.reshape.AsideRows;
import dev.outgrow.internal.work.Aim;
import dev.outgrow.internal.work.Attempt;
import dev.outgrow.internal.work.ComparisonTerms;
import dev.outgrow.internal.work.Interruption;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.internal.work.SetAsideTable;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import dev.outgrow.validate.ValidationReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The load of a schema whose tables we make. The tables are loaded into a staging schema and compared there; then all
 * of them get their names at once. A run that was cut off is resumed.
 */
public final class CreatedRun {
    private final Attempt attempt;
    private final MigrationOptions options;
    private final PgServer server;
    private final PlannedCreation planned;
    private final Progress progress;
    private final Optional<AsideRows> aside;

    /**
     * A run.
     *
     * @param aside rows that are in none of the tables
     */
    public CreatedRun(Attempt attempt, PlannedCreation planned, Optional<AsideRows> aside) {
        this.aside = aside;
        this.attempt = attempt;
        this.options = attempt.options();
        this.server = attempt.server();
        this.planned = planned;
        this.progress = attempt.progress();
    }

    /**
     * Carries out the plan; a copy ahead ends with the comparison.
     *
     * @param unfinished the run to resume
     * @throws MigrationException if it did not work; nothing was published then
     */
    public MigrationReport carryOut(RunLock lock, Optional<RecordedRun> unfinished) throws SQLException {
        if (Thread.currentThread().isInterrupted()) {
            throw Interruption.of(null);
        }
        attempt.writing(lock.connection());
        RecordedRun run = unfinished.isPresent() ? Journal.takeUp(lock.connection(), unfinished.get()) : begin(lock);
        attempt.recordedAs(run);
        try {
            return phases(lock, run, unfinished.isEmpty());
        } catch (MigrationException e) {
            throw settled(lock, run, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Interruption.of(e);
        } catch (SQLException e) {
            throw ended(lock, run, ServerFailure.of(e, "carrying out the plan"));
        } catch (RuntimeException e) {
            throw settled(lock, run, e);
        } catch (Exception e) {
            discard(lock, run, e);
            throw new IllegalStateException(e);
        }
    }

    private RecordedRun begin(RunLock lock) throws SQLException {
        Connection connection = lock.connection();
        connection.setAutoCommit(false);
        RecordedRun run = Journal.begin(
                connection,
                new NewRun(
                        attempt.aim().kind(),
                        options.schema().name(),
                        options.source().describe(),
                        planned.snapshot().fingerprint(),
                        planned.blueprint().plan().fingerprint(),
                        planned.workFingerprint(),
                        true));
        if (aside.isPresent() && SetAsideTable.make(connection, aside.get())) {
            Journal.record(connection, run, Journal.SET_ASIDE_STEP, 0, 0);
        }
        connection.commit();
        connection.setAutoCommit(true);
        return run;
    }

    private MigrationReport phases(RunLock lock, RecordedRun run, boolean begun) throws Exception {
        Staging staging;
        try (Heartbeat heartbeat = lock.heartbeat()) {
            progress.begin(Phase.PRE_DATA);
            staging = begun
                    ? Staging.begun(server, run, planned.blueprint(), heartbeat)
                    : Staging.of(server, run, planned.blueprint(), heartbeat);
            Load load = new Load(planned, staging, progress);
            try {
                new TableMaking(staging, planned.blueprint()).make(options.parallelism());
                load.run(options.parallelism());
            } finally {
                staging.closeKept();
            }
            attempt.report().loaded(load.copies().tables(), load.copies().work(attempt.begun()));
            progress.begin(Phase.VALIDATION);
            ValidationReport validation = new CreatedComparison(options, planned, progress)
                    .run(server, staging.schema(), staging.searchPath(), false);
            ComparisonTerms.demand(options, validation, attempt.report());
            if (attempt.aim() == Aim.COPY_AHEAD) {
                progress.end();
                return attempt.reportSoFar();
            }
            progress.begin(Phase.PUBLICATION);
        }
        // In the session that holds the lock: if it were lost, another instance could be at work by now.
        Connection connection = lock.connection();
        new TakenNames(connection, options.schema().name()).demandFreeFor(staging.schema());
        List<String> tables = planned.blueprint().tables().stream()
                .map(TableBlueprint::targetName)
                .toList();
        attempt.measure(connection, staging.schema(), tables, planned.snapshot().sizeBytes());
        connection.setAutoCommit(false);
        if (aside.isPresent()) {
            SetAsideTable.fill(connection, options.schema().name(), aside.get());
        }
        staging.publish(connection, options.schema().name());
        Journal.published(connection, run, options.schema().name(), tables);
        attempt.demandStill(planned.snapshot());
        progress.end();
        MigrationReport report = attempt.reportOfPublication();
        Journal.finish(connection, run, report.toJson());
        attempt.atPublication()
                .publishing(
                        connection,
                        Stream.concat(
                                        planned.blueprint().views().stream().map(view -> view.targetName()),
                                        planned.blueprint().sequences().stream().map(sequence -> sequence.targetName()))
                                .toList());
        attempt.conclude(connection);
        connection.setAutoCommit(true);
        if (attempt.aim() != Aim.REHEARSAL_TAKEN_BACK) {
            staging.clearAway(connection);
        }
        return report;
    }

    /**
     * What to throw for a failure after which nothing can be resumed; if the source is to blame, the failure says so.
     */
    private RuntimeException settled(RunLock lock, RecordedRun run, RuntimeException failure) {
        if ((failure instanceof MigrationException known && known.reason().resumable())
                || failure.getCause() instanceof OutOfMemoryError) {
            return failure;
        }
        RuntimeException cause = planned.snapshot().causeOf(failure);
        if (cause instanceof MigrationException known) {
            return ended(lock, run, known);
        }
        discard(lock, run, cause);
        return cause;
    }

    /**
     * A failure that the next attempt would meet again leaves nothing behind, unless another attempt has taken over the
     * run.
     */
    private MigrationException ended(RunLock lock, RecordedRun run, MigrationException failure) {
        return failure.reason().resumable() || discard(lock, run, failure) ? failure : Journal.takenOver(failure);
    }

    /**
     * Discards the run.
     *
     * @return whether it was still ours, as far as that is known
     */
    private boolean discard(RunLock lock, RecordedRun run, Exception failure) {
        takeBack(lock.connection());
        try (Connection connection = server.open()) {
            return Discarding.discard(connection, run, options.schema().name());
        } catch (SQLException | MigrationException e) {
            failure.addSuppressed(e);
            return true;
        }
    }

    /** Other locks of the session that holds the run's lock would be in the way. */
    private static void takeBack(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            System.getLogger(CreatedRun.class.getName())
                    .log(System.Logger.Level.DEBUG, "The connection is gone; the server rolls its transaction back.");
        }
    }
}
