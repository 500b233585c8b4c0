package dev.outgrow.internal.switchover;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.journal.RunLock;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.sqlite.source.NewFile;
import dev.outgrow.internal.sqlite.source.Outline;
import dev.outgrow.internal.truth.Claim;
import dev.outgrow.internal.truth.EventLog;
import dev.outgrow.internal.truth.Frozen;
import dev.outgrow.internal.truth.Happening;
import dev.outgrow.internal.truth.MarkerFile;
import dev.outgrow.internal.truth.Markers;
import dev.outgrow.internal.truth.Situation;
import dev.outgrow.internal.truth.TargetLook;
import dev.outgrow.internal.truth.Truth;
import dev.outgrow.internal.truth.Verdict;
import dev.outgrow.internal.wayback.CarriedBack;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.report.TableReport;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.RollBackReport;
import dev.outgrow.switchover.SwitchoverState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way back: PostgreSQL's tables are locked against writes, the new file is made, compared and named, and then the
 * journal records that the data is there. If the process is killed before that, PostgreSQL holds the data as before.
 */
final class RollingBack {
    private final SwitchoverOptions options;
    private final MigrationOptions migration;
    private final PgServer server;
    private final Truth truth;
    private final Path file;

    RollingBack(SwitchoverOptions options, PgServer server, Truth truth, Path file) {
        this.options = options;
        this.migration = options.migration();
        this.server = server;
        this.truth = truth;
        this.file = file;
    }

    /**
     * Goes back.
     *
     * @param given the path of the new file
     */
    @SuppressWarnings("try") // held, and not asked anything
    RollBackReport into(Path given) {
        Path place = NewFile.place(given);
        try (RunLock lock = RunLock.ofSwitchover(server, migration.schema().name(), migration.lockTimeout())) {
            Situation now = demandOnPostgres();
            NewFile.demandFree(place);
            Quieting.call(options.quiesce());
            Done done = work(now, place, false);
            mark(place, done.after(), now.target().orElseThrow().name());
            return done.report();
        }
    }

    private void mark(Path place, Claim after, String target) {
        try {
            new Markers(MarkerFile.beside(place), place, false).follow(after, target);
            new Markers(truth.marker(), file, options.seal()).follow(after, target);
        } catch (MigrationException e) {
            throw new MigrationException(
                    e.reason(),
                    "The data is back in SQLite, in " + place + ", and the journal in PostgreSQL says so. But: "
                            + e.getMessage(),
                    "start the application on " + place + "; do not call rollBack() again.",
                    e);
        }
    }

    /** Does all of it into a temporary file. Others may write meanwhile. */
    @SuppressWarnings("try") // held, and not asked anything
    RollBackReport rehearse() {
        try (RunLock lock = RunLock.ofSwitchover(server, migration.schema().name(), migration.lockTimeout())) {
            Situation now = demandOnPostgres();
            Path backup = backup(now.claim().orElseThrow());
            return work(now, NewFile.place(backup.resolveSibling(file.getFileName() + ".outgrow-way-back")), true)
                    .report();
        }
    }

    private Situation demandOnPostgres() {
        Situation now = truth.look();
        Verdict.Right right = now.demandRight();
        if (right.active() != ActiveDatabase.POSTGRES || now.claim().isEmpty()) {
            throw new MigrationException(
                    Reason.TARGET_EMPTY,
                    "There is no way back to go: the application is not on PostgreSQL by a migration.",
                    "start the application on the SQLite file.",
                    null);
        }
        if (right.state() == SwitchoverState.RETIRED) {
            throw new MigrationException(
                    Reason.NO_WAY_BACK,
                    "The way back was given up by retire() on "
                            + now.claim().get().at() + ".",
                    "stay on PostgreSQL.",
                    null);
        }
        if (right.mayHaveLateWrites()) {
            new LateWriteGate(migration, file, options.acceptedLateWrites())
                    .pass(now.claim().get(), now.marker());
        }
        return now;
    }

    private static Path backup(Claim claim) {
        return claim.frozen()
                .backupFile()
                .orElseThrow(() -> new MigrationException(
                        Reason.NO_WAY_BACK,
                        "The backup of the SQLite file"
                                + (claim.frozen().backup() == null
                                        ? ""
                                        : ", " + claim.frozen().backup() + ",")
                                + " is gone. The way back begins with it.",
                        "put it back where it was.",
                        null));
    }

    /**
     * What was done.
     *
     * @param after what the journal claims now
     */
    private record Done(RollBackReport report, Claim after) {}

    private Done work(Situation now, Path place, boolean rehearsal) {
        Claim claim = now.claim().orElseThrow();
        Path backup = backup(claim);
        Instant startedAt = Instant.now();
        long begun = System.nanoTime();
        Done done = null;
        try (Connection postgres = server.open();
                NewFile made = NewFile.copyOf(backup, place)) {
            if (!rehearsal) {
                made.force();
            }
            try (WriteStop stop = WriteStop.begin(
                    postgres,
                    server,
                    migration.schema().name(),
                    tables(claim),
                    rehearsal ? null : options.freezeTimeout())) {
                CarriedBack.Result result = new CarriedBack(
                                migration, server, postgres, claim.frozen().shape())
                        .into(
                                made,
                                backup,
                                claim.frozen().fingerprint(),
                                claim.frozen().counted());
                Claim after = rehearsal ? claim : publish(claim, made, result, stop);
                done = new Done(
                        new RollBackReport(
                                rehearsal,
                                place,
                                claim.frozen().round(),
                                startedAt,
                                Duration.ofNanos(System.nanoTime() - begun),
                                result.tables(),
                                result.notices(),
                                result.validation()),
                        after);
            }
            return done;
        } catch (SQLException e) {
            if (done != null) {
                return done; // only the session could not be given back
            }
            throw ServerFailure.of(e, "going back to SQLite");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException(
                    Reason.INTERRUPTED,
                    "Interrupted on the way back. No file was made, and PostgreSQL is as before.",
                    "call again.",
                    e);
        }
    }

    /** The tables that the migration filled. */
    private List<String> tables(Claim claim) {
        return new EventLog(server)
                .report(migration.schema().name(), claim.frozen().run())
                .map(report ->
                        report.tables().stream().map(TableReport::targetName).toList())
                .orElse(List.of());
    }

    /**
     * The file gets its name, then the journal records it: a crash between the two leaves a file that the next call
     * removes, and never loses a row.
     */
    private Claim publish(Claim claim, NewFile made, CarriedBack.Result result, WriteStop stop) throws SQLException {
        made.name();
        try {
            Frozen back =
                    claim.frozen().back(made.wanted(), result.fingerprint(), Outline.of(made.wanted()), stop.seen());
            EventLog.append(stop.connection(), claim.migrationId(), Happening.BACK_ON_SQLITE, back);
            // Read before the commit: if the server is lost after it, nothing has to be asked any more.
            Claim after =
                    EventLog.claim(stop.connection(), migration.schema().name()).orElseThrow();
            stop.connection().commit();
            return after;
        } catch (SQLException | RuntimeException e) {
            Optional<Claim> after = back(claim, e);
            if (after.isEmpty()) {
                made.unname();
                throw e;
            }
            return after.get();
        }
    }

    /** If the answer to a commit was lost, only the journal knows whether it took place. */
    private Optional<Claim> back(Claim claim, Exception failure) {
        try {
            return TargetLook.at(server, migration.schema())
                    .claim()
                    .filter(now -> now.migrationId().equals(claim.migrationId())
                            && now.happened() == Happening.BACK_ON_SQLITE);
        } catch (MigrationException e) {
            throw unknown(e, failure);
        }
    }

    private MigrationException unknown(MigrationException e, @Nullable Throwable failure) {
        if (failure != null) {
            e.addSuppressed(failure);
        }
        return new MigrationException(
                Reason.TARGET_UNREACHABLE,
                "The connection was lost when the journal was to say that the data is in the new SQLite file.",
                "start nothing on that file before active() has said which database is the right one; then, if it is"
                        + " PostgreSQL still, call rollBack() again.",
                e);
    }
}
