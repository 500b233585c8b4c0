package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
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
import dev.outgrow.validate.ValidationReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt at a migration: the lock, the snapshot, the plan, and whose turn it is then. */
public final class MigrationRun {
    private final MigrationOptions options;
    private final InterruptWatch watch = new InterruptWatch();
    private final PgServer server;
    private final Progress progress;
    private final MigrationReport.Builder report;
    private final Admission admission;
    private @Nullable MigrationPlan plan;

    public MigrationRun(MigrationOptions options, PgServer server) {
        this.options = options;
        this.server = server.telling(watch::add);
        this.progress = new Progress(options.listener());
        this.report = new MigrationReport.Builder(
                        options.source().describe(), options.schema().name())
                .startedAt(Instant.now());
        this.admission = new Admission(options);
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

    static MigrationException interrupted(@Nullable Exception cause) {
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
                admission.sameSource(before, snapshot.fingerprint());
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
            admission.allow(plan, prepared.workFingerprint(), recorded);
            Preflight preflight =
                    new Preflight(lock.connection(), options.schema().name());
            preflight.nothingThere(prepared.blueprint().relations());
            // To give a table its name takes one lock for it, and one for its sequence.
            preflight.enoughLocks(2 * prepared.blueprint().tables().size()
                    + prepared.blueprint().views().size());
            return new CreatedRun(options, server, prepared, progress, report).carryOut(lock, recorded);
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
        CreatedRun.discard(lock.connection(), newest.get(), schema);
        return Journal.newest(lock.connection(), schema);
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
        admission.allow(plan, plan.fingerprint(), recorded);
        return new ExistingRun(options, snapshot, ready, progress, report).carryOut(lock.connection());
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
            return CreatedRun.discard(connection, run.get(), options.schema().name());
        } catch (SQLException e) {
            throw ServerFailure.of(e, "discarding the unfinished run");
        }
    }

    /** Compares the two databases as they stand now. */
    public ValidationReport validate() {
        return new LaterComparison(options, server, progress).run(preflight(false));
    }
}
