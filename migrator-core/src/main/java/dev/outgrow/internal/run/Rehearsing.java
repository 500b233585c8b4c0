package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.existing.SchemaReadiness;
import dev.outgrow.internal.journal.RunLock;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.work.Aim;
import dev.outgrow.internal.work.Attempt;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Prediction;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.report.SmokeTestResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A rehearsal: a run, by the code of the run, whose last step is taken back, or whose database is disposable. */
public final class Rehearsing {
    private final MigrationOptions options;
    private final SmokeTests smokeTests;

    public Rehearsing(MigrationOptions options) {
        // A rehearsal loses nothing if the app writes meanwhile.
        this.options = options.withRehearsed(null).withSourceMayBeWritten(true);
        this.smokeTests = new SmokeTests(options.smokeTests());
    }

    /**
     * Rehearses in the target, and takes it back.
     *
     * @throws MigrationException if the run would have thrown one
     */
    public Rehearsal inTarget(PgServer target) {
        if (options.schema() instanceof ExistingSchema schema && isToBePrepared(target, schema)) {
            return inOwnDatabase(target, schema);
        }
        MigrationRun run = new MigrationRun(options, target, Aim.REHEARSAL_TAKEN_BACK);
        MigrationReport report = run.run();
        return rehearsal(Rehearsal.Place.TARGET, run.attempt(), report, smokeTests.notCalled());
    }

    private static boolean isToBePrepared(PgServer target, ExistingSchema schema) {
        if (schema.preparation().isEmpty()) {
            return false;
        }
        try (Connection connection = target.open()) {
            return !new SchemaReadiness(schema, connection).isFilled();
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at the target");
        }
    }

    /** The lock of the target reserves the database's name for this rehearsal. */
    private Rehearsal inOwnDatabase(PgServer target, ExistingSchema schema) {
        try (RunLock lock = RunLock.acquire(target, schema.name(), options.lockTimeout());
                Connection connection = target.open();
                OwnDatabase own = OwnDatabase.create(target, connection, schema.name());
                var heartbeat = lock.heartbeat()) {
            Rehearsal rehearsal = staying(own.server(), Rehearsal.Place.OWN_DATABASE);
            heartbeat.demand();
            return rehearsal;
        } catch (SQLException e) {
            throw ServerFailure.of(e, "making a database for the rehearsal");
        }
    }

    /**
     * Rehearses in a disposable database, where the result stays.
     *
     * @throws MigrationException if the run would have thrown one, a smoke test failed, or it is the target itself
     */
    public Rehearsal into(PgServer disposable) {
        if (options.target().isPresent() && isOne(options.target().get(), disposable)) {
            throw new MigrationException(
                    Reason.REHEARSAL_DATABASE,
                    "The database that was given for the rehearsal is the target itself, where a rehearsal would stay.",
                    "rehearse in the target by rehearse(), which takes it back, or give a database that may be thrown away.",
                    null);
        }
        return staying(disposable, Rehearsal.Place.DISPOSABLE);
    }

    private Rehearsal staying(PgServer server, Rehearsal.Place place) {
        MigrationRun run = new MigrationRun(options.withServer(server), server, Aim.REHEARSAL_THAT_STAYS);
        MigrationReport report = run.run();
        try {
            return rehearsal(place, run.attempt(), report, smokeTests.call(server.dataSource()));
        } catch (MigrationException e) {
            throw run.attempt().failed(e, report);
        }
    }

    private static Rehearsal rehearsal(
            Rehearsal.Place place, Attempt attempt, MigrationReport report, List<SmokeTestResult> results) {
        return new CompletedRehearsal(
                place,
                report,
                attempt.plan().orElseThrow(),
                attempt.adjustments(),
                new Prediction(report.phases(), report.room().orElseThrow()),
                attempt.shape(),
                results);
    }

    /** Advisory locks belong to one database: sessions of different databases can hold the same lock. */
    private static boolean isOne(PgServer target, PgServer other) {
        Connection first;
        try {
            first = target.open();
        } catch (MigrationException unreachable) {
            // Then it is another database, since that one can be reached.
            return false;
        }
        try (first;
                Connection second = other.open()) {
            return RunLock.isSameDatabase(first, second);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "comparing the rehearsal's database with the target");
        }
    }
}
