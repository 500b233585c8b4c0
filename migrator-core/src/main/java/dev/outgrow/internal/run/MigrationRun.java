package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.exception.ValidationFailedException;
import dev.outgrow.internal.journal.Heartbeat;
import dev.outgrow.internal.journal.Journal;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.journal.RunLock;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.Preflight;
import dev.outgrow.internal.postgres.ServerFacts;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.plan.ExistingSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import dev.outgrow.report.TableReport;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.DatabaseAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt at a migration into a schema whose tables we make: the phases in their order. */
public final class MigrationRun {
    private final MigrationOptions options;
    private final InterruptWatch watch = new InterruptWatch();
    private final PgServer server;
    private final Progress progress;
    private final MigrationReport.Builder report;
    private @Nullable MigrationPlan plan;

    public MigrationRun(MigrationOptions options, PgServer server) {
        this.options = options;
        this.server = server.telling(watch::add);
        this.progress = new Progress(options.listener());
        this.report = new MigrationReport.Builder(
                        options.source().describe(), options.schema().name())
                .startedAt(Instant.now());
    }

    /**
     * Runs, goes on with an unfinished run, or returns the report of the finished one.
     *
     * @throws MigrationException where it did not work; the report so far is inside
     */
    public MigrationReport run() {
        watch.begin();
        try {
            ServerFacts facts = preflight(true);
            try (RunLock lock = RunLock.acquire(server, options.schema().name(), options.lockTimeout())) {
                return locked(lock, facts);
            }
        } catch (MigrationException e) {
            progress.end();
            throw interruptedOr(e)
                    .during(plan, report.phases(progress.finished()).build());
        } catch (OutOfMemoryError e) {
            throw tooLarge(e);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof OutOfMemoryError) {
                throw tooLarge(e);
            }
            progress.end();
            throw new MigrationException(
                            Reason.UNEXPECTED,
                            "The migration met a mistake of this library: "
                                    + e.getClass().getName() + ".",
                            "nothing was published. Please report it with the stack trace of the cause; before the next"
                                    + " run() call discardUnfinished().",
                            StackOnly.of(e))
                    .during(plan, report.phases(progress.finished()).build());
        } finally {
            watch.end();
        }
    }

    private MigrationException tooLarge(Throwable cause) {
        progress.end();
        return new MigrationException(
                        Reason.UNEXPECTED,
                        "The memory of the JVM is too small for a row of the source. Nothing was published.",
                        "give it more by -Xmx: 64 MB and room for two copies of the largest row on each connection, or fewer"
                                + " connections by .parallelism(1); then call run() again: it goes on where it stopped.",
                        cause)
                .during(plan, report.phases(progress.finished()).build());
    }

    /** Where the thread was interrupted, a statement that was cut off is no fault of the server's. */
    private static MigrationException interruptedOr(MigrationException failure) {
        return Thread.currentThread().isInterrupted()
                        && failure.reason() != Reason.INTERRUPTED
                        && ServerFailure.passing(failure.reason())
                ? interrupted(failure)
                : failure;
    }

    private static MigrationException interrupted(@Nullable Exception cause) {
        return new MigrationException(
                Reason.INTERRUPTED,
                "Interrupted. Nothing was published.",
                "call run() again: it goes on where it stopped; or call discardUnfinished().",
                cause);
    }

    /**
     * Looks at the target.
     *
     * @param writing whether it is to be written to
     */
    private ServerFacts preflight(boolean writing) {
        try (Connection connection = server.open();
                Connection other = server.open()) {
            report.target(PgServer.name(connection));
            Preflight preflight = new Preflight(connection, options.schema().name());
            if (writing) {
                preflight.server();
                preflight.noTransactionPooler(other);
            } else {
                preflight.serverToRead();
            }
            return preflight.facts();
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at the target");
        }
    }

    private MigrationReport locked(RunLock lock, ServerFacts facts) {
        progress.begin(Phase.SNAPSHOT);
        TranslatorLoading.begin();
        try (Snapshot snapshot = options.source().begin(options.backup(), true)) {
            snapshot.tell(watch::add);
            report.snapshot(snapshot.fingerprint(), null);
            Optional<RecordedRun> recorded = newest(lock);
            if (recorded.isPresent()) {
                RecordedRun before = recorded.get();
                sameSource(before, snapshot);
                if (before.finished()) {
                    return recorded(lock, before);
                }
            }
            if (options.schema() instanceof ExistingSchema schema) {
                return intoExisting(lock, snapshot, schema, recorded);
            }
            Prepared prepared = new Preparation(options, snapshot, facts, progress).prepare();
            tellBackup(snapshot);
            plan = prepared.blueprint().plan();
            report.plan(plan.fingerprint(), plan.notices(), plan.accepted());
            allowed(plan, prepared.workFingerprint(), recorded);
            Preflight preflight =
                    new Preflight(lock.connection(), options.schema().name());
            preflight.nothingThere(prepared.blueprint().relations());
            // To give a table its name takes one lock for it, and one for its sequence.
            preflight.enoughLocks(2 * prepared.blueprint().tables().size()
                    + prepared.blueprint().views().size());
            return carryOut(lock, prepared, recorded);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "reading the journal");
        }
    }

    /** The newest run; one whose discarding was cut off is discarded to the end. */
    private Optional<RecordedRun> newest(RunLock lock) throws SQLException {
        String schema = options.schema().name();
        Optional<RecordedRun> newest = Journal.newest(lock.connection(), schema);
        if (newest.isEmpty() || !newest.get().isBeingDiscarded()) {
            return newest;
        }
        discard(lock.connection(), newest.get());
        return Journal.newest(lock.connection(), schema);
    }

    private boolean discard(Connection connection, RecordedRun run) throws SQLException {
        connection.setAutoCommit(false);
        boolean discarded = Journal.discard(connection, run, options.schema().name());
        connection.commit();
        connection.setAutoCommit(true);
        return discarded;
    }

    private void tellBackup(Snapshot snapshot) {
        report.snapshot(
                snapshot.fingerprint(), snapshot.backup().map(Object::toString).orElse(null));
    }

    /** The application may have dropped or renamed a table since; where none is left, the result as a whole is gone. */
    private MigrationReport recorded(RunLock lock, RecordedRun before) throws SQLException {
        MigrationReport done = MigrationReport.fromJson(before.report().orElseThrow());
        List<String> tables =
                done.tables().stream().map(TableReport::targetName).toList();
        String schema = options.schema().name();
        if (!tables.isEmpty()
                && new Preflight(lock.connection(), schema).there(tables).isEmpty()) {
            throw new MigrationException(
                    Reason.TARGET_CHANGED,
                    "The journal has a finished migration into schema " + schema + " (begun " + before.startedAt()
                            + "), and none of its " + tables.size() + " tables is there any more.",
                    "restore the PostgreSQL database from a backup; or, to migrate once more from the SQLite file as it is,"
                            + " drop the schema outgrow first.",
                    null);
        }
        return done;
    }

    private MigrationReport intoExisting(
            RunLock lock, Snapshot snapshot, ExistingSchema schema, Optional<RecordedRun> recorded) {
        snapshot.complete();
        tellBackup(snapshot);
        new SchemaReadiness(schema, lock.connection()).prepare(server);
        ExistingPreparation.Ready ready =
                new ExistingPreparation(options, schema, snapshot, progress).prepare(lock.connection(), false);
        plan = ready.plan().plan();
        report.plan(plan.fingerprint(), plan.notices(), plan.accepted());
        allowed(plan, plan.fingerprint(), recorded);
        return new ExistingRun(options, snapshot, ready, progress, report).carryOut(lock.connection());
    }

    private void sameSource(RecordedRun before, Snapshot snapshot) {
        if (before.sourceFingerprint().equals(snapshot.fingerprint())) {
            return;
        }
        String schema = options.schema().name();
        throw before.finished()
                ? new MigrationException(
                        Reason.SOURCE_CHANGED,
                        "Schema " + schema + " holds a migration of "
                                + options.source().describe() + " that was finished" + " (begun " + before.startedAt()
                                + "), but the source has changed since.",
                        "if the application still writes to the SQLite file, point it to PostgreSQL; to migrate once more,"
                                + " drop the tables of schema " + schema + " and the schema outgrow first.",
                        null)
                : new MigrationException(
                        Reason.SOURCE_CHANGED,
                        "An unfinished run into schema " + schema + " (begun " + before.startedAt()
                                + ") read another state of " + options.source().describe() + ".",
                        "call discardUnfinished(), then run() again: it begins anew with the source as it is now.",
                        null);
    }

    private void allowed(MigrationPlan now, String workFingerprint, Optional<RecordedRun> unfinished) {
        MigrationPlan planned = options.planned();
        if (planned != null && !planned.fingerprint().equals(now.fingerprint())) {
            throw new MigrationException(
                    planned.sourceFingerprint().equals(now.sourceFingerprint())
                            ? Reason.PLAN_CHANGED
                            : Reason.SOURCE_CHANGED,
                    "This is not the migration that was planned: "
                            + (planned.sourceFingerprint().equals(now.sourceFingerprint())
                                    ? "the rules, the options or the version of this library differ."
                                    : "the source has changed since."),
                    "make a new plan, look at it, and give that one to planned().",
                    null);
        }
        if (!now.blockers().isEmpty()) {
            throw PlanBlocked.by(now);
        }
        if (unfinished.isPresent() && !unfinished.get().planFingerprint().equals(workFingerprint)) {
            throw new MigrationException(
                    Reason.PLAN_CHANGED,
                    "An unfinished run into schema " + options.schema().name() + " (begun "
                            + unfinished.get().startedAt() + ") followed another plan: the rules, the options or the"
                            + " version of this library have changed.",
                    "call run() as it was called then, or discardUnfinished() first.",
                    null);
        }
    }

    private MigrationReport carryOut(RunLock lock, Prepared prepared, Optional<RecordedRun> unfinished)
            throws SQLException {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(null);
        }
        RecordedRun run =
                unfinished.isPresent() ? Journal.takeUp(lock.connection(), unfinished.get()) : begin(lock, prepared);
        try {
            return phases(lock, prepared, run);
        } catch (MigrationException e) {
            throw ServerFailure.passing(e.reason()) ? e : afterDiscarding(run, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "carrying out the plan");
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private RecordedRun begin(RunLock lock, Prepared prepared) throws SQLException {
        Connection connection = lock.connection();
        connection.setAutoCommit(false);
        RecordedRun run = Journal.begin(
                connection, options.schema().name(), prepared.snapshot().fingerprint(), prepared.workFingerprint());
        connection.commit();
        connection.setAutoCommit(true);
        return run;
    }

    private MigrationReport phases(RunLock lock, Prepared prepared, RecordedRun run) throws Exception {
        Staging staging;
        try (Heartbeat heartbeat = lock.heartbeat()) {
            progress.begin(Phase.PRE_DATA);
            staging = Staging.of(server, run, prepared.blueprint(), heartbeat);
            staging.createTables();
            Load load = new Load(prepared, staging, progress);
            load.run(options.parallelism());
            report.tables(load.tables());
            progress.begin(Phase.VALIDATION);
            ValidationReport validation = new Comparison(options, prepared, progress)
                    .run(server, staging.schema(), staging.searchPath(), false);
            if (Thread.interrupted()) {
                // What was found then may be no more than that a statement was cut off.
                throw new InterruptedException();
            }
            report.validation(validation);
            if (options.validation() != Validation.NONE && !validation.passed()) {
                throw new ValidationFailedException(validation);
            }
            progress.begin(Phase.PUBLICATION);
            staging.admitAutovacuum();
        }
        // In the session that holds the lock: were it lost, another instance could be at work by now.
        Connection connection = lock.connection();
        new Preflight(connection, options.schema().name())
                .nothingThere(prepared.blueprint().relations());
        connection.setAutoCommit(false);
        MigrationReport done = report.phases(progress.finished()).build();
        staging.publish(connection, options.schema().name(), done.toJson());
        connection.commit();
        connection.setAutoCommit(true);
        progress.end();
        return report.phases(progress.finished()).build();
    }

    /** A failure that the next attempt would meet again leaves nothing behind; unless the run is no longer this attempt's. */
    private MigrationException afterDiscarding(RecordedRun run, MigrationException failure) {
        try (Connection connection = server.open()) {
            boolean discarded = discard(connection, run);
            return discarded ? failure : Journal.takenOver(failure);
        } catch (SQLException | MigrationException e) {
            failure.addSuppressed(e);
            return failure;
        }
    }

    /**
     * Drops what an unfinished run left.
     *
     * @return whether there was one
     */
    public boolean discardUnfinished() {
        try (RunLock lock = RunLock.acquire(server, options.schema().name(), options.lockTimeout())) {
            Connection connection = lock.connection();
            Optional<RecordedRun> run =
                    Journal.newest(connection, options.schema().name()).filter(recorded -> !recorded.finished());
            if (run.isEmpty()) {
                return false;
            }
            return discard(connection, run.get());
        } catch (SQLException e) {
            throw ServerFailure.of(e, "discarding the unfinished run");
        }
    }

    /** Compares the two databases as they stand now. */
    public ValidationReport validate() {
        ServerFacts facts = preflight(false);
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
