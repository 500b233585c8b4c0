package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.journal.AheadRecord;
import dev.outgrow.internal.journal.Discarding;
import dev.outgrow.internal.journal.Forgetting;
import dev.outgrow.internal.journal.Heartbeat;
import dev.outgrow.internal.journal.Journal;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.journal.RunKind;
import dev.outgrow.internal.journal.RunLock;
import dev.outgrow.internal.postgres.Address;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.Preflight;
import dev.outgrow.internal.postgres.ServerFacts;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.SessionTrial;
import dev.outgrow.internal.sqlite.source.DriverLoading;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.Aim;
import dev.outgrow.internal.work.AtPublication;
import dev.outgrow.internal.work.Attempt;
import dev.outgrow.internal.work.FailedConverter;
import dev.outgrow.internal.work.InterruptWatch;
import dev.outgrow.internal.work.Interruption;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.StackOnly;
import dev.outgrow.option.CreatedSchema;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.MigrationStatus;
import dev.outgrow.report.MigrationStatus.State;
import dev.outgrow.report.Phase;
import dev.outgrow.validate.ValidationReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** One attempt at a migration: the lock, the snapshot, the plan, and then the wing that carries it out. */
public final class MigrationRun {
    private final MigrationOptions options;
    private final InterruptWatch watch = new InterruptWatch();
    private final PgServer unwatched;
    private final PgServer server;
    private final Attempt attempt;

    public MigrationRun(MigrationOptions options, PgServer server) {
        this(options, server, Aim.MIGRATION, AtPublication.NOTHING);
    }

    MigrationRun(MigrationOptions options, PgServer server, Aim aim) {
        this(options, server, aim, AtPublication.NOTHING);
    }

    /**
     * A copy ahead of a run: everything but the publication, and the snapshot is no backup.
     *
     * @param atPublication may refuse the plan
     */
    public static MigrationRun ahead(MigrationOptions options, PgServer server, AtPublication atPublication) {
        return new MigrationRun(options.withSourceMayBeWritten(true), server, Aim.COPY_AHEAD, atPublication);
    }

    /**
     * A run.
     *
     * @param atPublication what else is recorded in the transaction that publishes
     */
    public MigrationRun(MigrationOptions options, PgServer server, AtPublication atPublication) {
        this(options, server, Aim.MIGRATION, atPublication);
    }

    private MigrationRun(MigrationOptions options, PgServer server, Aim aim, AtPublication atPublication) {
        this.options = options;
        this.unwatched = server;
        this.server = server.telling(watch::add);
        this.attempt = new Attempt(options, this.server, aim, atPublication);
    }

    /** What was done so far. */
    Attempt attempt() {
        return attempt;
    }

    /**
     * Runs, resumes an unfinished run, or returns the report of the finished one.
     *
     * @throws MigrationException if it did not work; it contains the report so far
     */
    public MigrationReport run() {
        watch.begin();
        DriverLoading.begin();
        try {
            MigrationReport report = entered();
            if (!report.recorded() && attempt.aim() != Aim.COPY_AHEAD) {
                attempt.progress().done();
            }
            return report;
        } catch (MigrationException e) {
            attempt.progress().end();
            MigrationException failure = Interruption.behind(e);
            throw attempt.failed(attempt.aim().isRehearsal() ? Interruption.ofRehearsal(failure) : failure);
        } catch (OutOfMemoryError e) {
            throw tooLarge(e);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof OutOfMemoryError) {
                throw tooLarge(e);
            }
            attempt.progress().end();
            throw attempt.failed(FailedConverter.behind(e)
                    .orElseGet(() -> new MigrationException(
                            Reason.UNEXPECTED,
                            "Internal error in Outgrow: " + e.getClass().getName() + ".",
                            "nothing was published. Please report it with the stack trace of the cause; before the next"
                                    + " run() call discardUnfinished().",
                            StackOnly.of(e))));
        } finally {
            watch.end();
        }
    }

    /** The session of the first look becomes that of the lock. */
    private MigrationReport entered() {
        PgServer.Pair pair = server.pair();
        ServerFacts facts;
        boolean fit = false;
        try {
            try (Connection other = pair.other()) {
                facts = preflight(pair.one(), other, true);
            }
            fit = true;
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at the target");
        } finally {
            if (!fit) {
                PgServer.giveBack(pair.one());
            }
        }
        return underLock(facts, pair.one());
    }

    private MigrationReport underLock(ServerFacts facts, Connection session) {
        try (RunLock lock =
                RunLock.acquire(session, options.schema().name(), options.lockTimeout(), attempt.progress()::waiting)) {
            sweep(lock);
            return attempt.aim() == Aim.REHEARSAL_TAKEN_BACK ? takenBack(lock, facts) : locked(lock, facts);
        }
    }

    @SuppressWarnings("try") // To be closed is all that the end of a rehearsal is for.
    private MigrationReport takenBack(RunLock lock, ServerFacts facts) {
        try (TakingBack ending = new TakingBack(unwatched, attempt)) {
            return locked(lock, facts);
        }
    }

    private MigrationException tooLarge(Throwable cause) {
        attempt.progress().end();
        return attempt.failed(new MigrationException(
                Reason.MEMORY_TOO_SMALL,
                "The memory of the JVM is too small for a row of the source. Nothing was published.",
                "give it more by -Xmx: 64 MB and room for two copies of the largest row on each connection, or fewer"
                        + " connections by .parallelism(1); then call run() again: it resumes where it stopped.",
                cause));
    }

    /**
     * Checks the target.
     *
     * @param writing whether the run will write to it
     */
    private ServerFacts preflight(Connection connection, Connection other, boolean writing) throws SQLException {
        attempt.report().target(PgServer.name(connection), Address.of(connection));
        Preflight preflight = new Preflight(connection, options.schema().name());
        if (writing) {
            preflight.server();
            new SessionTrial(connection, other).demand();
        } else {
            preflight.serverToRead();
            new SessionTrial(connection, other).demandToRead();
        }
        return preflight.facts();
    }

    /**
     * Drops the database that a killed rehearsal may have left beside the target, if the app's own migrations are
     * given.
     */
    private void sweep(RunLock lock) {
        if (options.schema() instanceof ExistingSchema schema
                && schema.preparation().isPresent()) {
            try {
                OwnDatabase.sweep(lock.connection(), schema.name());
            } catch (SQLException e) {
                throw ServerFailure.of(e, "dropping the database of a rehearsal that was cut off");
            }
        }
    }

    private MigrationReport locked(RunLock lock, ServerFacts facts) {
        // The census can take long, and something between here and the server could take the session for abandoned.
        Heartbeat beating = lock.heartbeat();
        beating.demand();
        attempt.progress().begin(Phase.SNAPSHOT);
        boolean keepingBackup = attempt.aim() == Aim.MIGRATION;
        try (Snapshot snapshot = options.source().begin(options.backup(), keepingBackup)) {
            snapshot.tell(watch::add);
            attempt.report().snapshot(snapshot::fingerprintIfKnown);
            Optional<RecordedRun> recorded = recorded(lock, snapshot);
            Admission admission = new Admission(options);
            if (attempt.aim().isRehearsal()) {
                recorded.ifPresent(before -> admission.rehearsable(before, attempt.aim()));
                // An unfinished run of the migration stays as it is beside the rehearsal.
                return Way.of(options).carryOut(attempt, lock, facts, snapshot, Optional.empty());
            }
            if (recorded.isPresent()) {
                RecordedRun before = recorded.get();
                admission.noRehearsal(before);
                if (!isOurCopyAhead(lock, before)) {
                    admission.sameSource(before, snapshot.fingerprint());
                }
                if (before.finished()) {
                    return new FinishedRun(lock.connection(), attempt.schema(), before).report();
                }
            }
            return Way.of(options).carryOut(attempt, lock, facts, snapshot, recorded);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "reading the journal");
        }
    }

    /**
     * The run that concerns this source; runs whose discarding was cut off, and rehearsals that were cut off, are
     * discarded first.
     */
    private Optional<RecordedRun> recorded(RunLock lock, Snapshot snapshot) throws SQLException {
        String schema = options.schema().name();
        Optional<RecordedRun> newest = Journal.newest(lock.connection(), schema);
        while (newest.isPresent() && isLeftover(newest.get())) {
            if (!Discarding.discard(lock.connection(), newest.get(), schema)) {
                throw Journal.takenOver(null);
            }
            newest = Journal.newest(lock.connection(), schema);
        }
        return new RunsBefore(options).concerning(lock.connection(), snapshot);
    }

    /** A copy that was made ahead is of an earlier state of the source, and is brought up or discarded once there is a plan. */
    private boolean isOurCopyAhead(RunLock lock, RecordedRun run) throws SQLException {
        return options.schema() instanceof CreatedSchema
                && new RunsBefore(options).isOurs(run)
                && AheadRecord.of(lock.connection(), run).isPresent();
    }

    private static boolean isLeftover(RecordedRun run) {
        return run.beingDiscarded() || (run.kind() == RunKind.REHEARSAL && !run.finished());
    }

    /**
     * How the migration stands; reads only.
     *
     * @throws MigrationException if a side cannot be read
     */
    public MigrationStatus status() {
        try (Connection connection = server.open()) {
            Optional<RecordedRun> newest =
                    Journal.newest(connection, options.schema().name()).filter(run -> run.kind() == RunKind.RUN);
            if (newest.isEmpty() || newest.get().beingDiscarded()) {
                return new MigrationStatus(State.NEVER, Optional.empty());
            }
            if (!newest.get().finished()) {
                return new MigrationStatus(State.UNFINISHED, Optional.empty());
            }
            RunsBefore before = new RunsBefore(options);
            // If the result is lost, there is no need to read the source, which may be gone itself.
            if (before.isOurs(newest.get()) && isLost(connection, newest.get())) {
                return new MigrationStatus(State.TARGET_CHANGED, done(newest.get()));
            }
            try (Snapshot now = options.source().begin(options.backup(), false)) {
                Optional<RecordedRun> run = before.concerning(connection, now);
                if (run.isEmpty()) {
                    return new MigrationStatus(State.NEVER, Optional.empty());
                }
                boolean same = now.fingerprint().equals(run.get().sourceFingerprint());
                State state = same ? State.FINISHED : State.SOURCE_CHANGED;
                return new MigrationStatus(
                        isLost(connection, run.get()) ? State.TARGET_CHANGED : state, done(run.get()));
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "reading the journal");
        }
    }

    private boolean isLost(Connection connection, RecordedRun run) throws SQLException {
        return new FinishedRun(connection, options.schema().name(), run).lost().isPresent();
    }

    private static Optional<MigrationReport> done(RecordedRun run) {
        return run.report().map(MigrationReport::fromJson);
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
            return Discarding.discard(connection, run.get(), options.schema().name());
        } catch (SQLException e) {
            throw ServerFailure.of(e, "discarding the unfinished run");
        }
    }

    /**
     * Drops the record of every run into the schema, and what unfinished runs have made.
     *
     * @return whether there was anything
     */
    public boolean forget() {
        try (RunLock lock = RunLock.acquire(server, options.schema().name(), options.lockTimeout())) {
            return Forgetting.forget(lock.connection(), options.schema().name());
        } catch (SQLException e) {
            throw ServerFailure.of(
                    e, "forgetting the runs into schema " + options.schema().name());
        }
    }

    /** Compares the two databases as they stand now. */
    public ValidationReport validate() {
        ServerFacts facts;
        try (PgServer.Pair pair = server.pair()) {
            facts = preflight(pair.one(), pair.other(), false);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at the target");
        }
        return new LaterComparison(options, server, attempt.progress()).run(facts);
    }
}
