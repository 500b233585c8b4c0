package dev.outgrow.internal.switchover;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.journal.Heartbeat;
import dev.outgrow.internal.journal.RunLock;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.run.MigrationRun;
import dev.outgrow.internal.sqlite.source.AheadFile;
import dev.outgrow.internal.sqlite.source.Outline;
import dev.outgrow.internal.sqlite.source.WriteLock;
import dev.outgrow.internal.truth.Claim;
import dev.outgrow.internal.truth.EventLog;
import dev.outgrow.internal.truth.Frozen;
import dev.outgrow.internal.truth.Happening;
import dev.outgrow.internal.truth.Marker;
import dev.outgrow.internal.truth.Markers;
import dev.outgrow.internal.truth.Situation;
import dev.outgrow.internal.truth.TargetLook;
import dev.outgrow.internal.truth.Truth;
import dev.outgrow.internal.truth.Verdict;
import dev.outgrow.internal.work.AtPublication;
import dev.outgrow.internal.work.KeptCensus;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.SeededRows;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.switchover.ActiveDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The switch: freeze, snapshot, run, publication, marker, seal, smoke tests. If it is killed at any point, the next one
 * goes on from what the journal and the marker say.
 */
final class Switching {
    private final SwitchoverOptions options;
    private final MigrationOptions migration;
    private final PgServer server;
    private final Truth truth;
    private final Path file;
    private final Markers markers;
    private final LateWriteGate gate;

    Switching(SwitchoverOptions options, PgServer server, Truth truth, Path file) {
        this.options = options;
        this.migration = options.migration();
        this.server = server;
        this.truth = truth;
        this.file = file;
        this.markers = new Markers(truth.marker(), file, options.seal());
        this.gate = new LateWriteGate(migration, file, options.acceptedLateWrites());
    }

    /**
     * Switches, or continues a switch that was cut off, or returns the report of the one that was made.
     *
     * @throws MigrationException if it did not work: the application is on SQLite then as before, or the next call continues
     */
    MigrationReport run() {
        truth.look().demandRight();
        String schema = migration.schema().name();
        try (RunLock lock = RunLock.ofSwitchover(server, schema, migration.lockTimeout());
                Heartbeat heartbeat = lock.heartbeat()) {
            Situation now = truth.look();
            Verdict.Right right = now.demandRight();
            Optional<Claim> claim = now.claim();
            if (right.active() == ActiveDatabase.POSTGRES) {
                return report(claim);
            }
            heartbeat.demand();
            Claim published = claim.filter(claimed -> claimed.happened() == Happening.PUBLISHED)
                    .orElseGet(() -> publish(now));
            return finish(published, now.target().orElseThrow().name());
        }
    }

    private MigrationReport report(Optional<Claim> claim) {
        return new EventLog(server)
                .report(migration.schema().name())
                .orElseThrow(() -> new MigrationException(
                        Reason.TARGET_NOT_EMPTY,
                        "There is nothing to switch: PostgreSQL holds the data already"
                                + claim.map(made -> " since " + made.at()).orElse("")
                                + ", and has no report of a migration.",
                        "start the application on PostgreSQL.",
                        null));
    }

    @SuppressWarnings("try") // held, and not asked anything
    private Claim publish(Situation before) {
        markers.demandSealable();
        long begun = System.nanoTime();
        Quieting.call(options.quiesce());
        before.marker().flatMap(Marker::seal).ifPresent(markers::unseal);
        before.claim()
                .filter(claim -> claim.happened() == Happening.WITHDRAWN)
                .ifPresent(new Withdrawal(server, migration.schema())::complete);
        String target = before.target().orElseThrow().name();
        try (WriteLock freeze = migration.source().freeze(options.freezeTimeout())) {
            Frozen frozen = Frozen.begun(migration.schema().name(), file.toString(), Outline.of(file), round(before));
            String id = before.marker()
                    .filter(says -> says.happened() == Happening.FROZEN)
                    .map(Marker::migrationId)
                    .orElseGet(() -> UUID.randomUUID().toString());
            markers.frozen(id, frozen, target, Instant.now());
            try {
                before.claim()
                        .filter(claim -> claim.happened() == Happening.BACK_ON_SQLITE)
                        .ifPresent(new Withdrawal(server, migration.schema())::ofWhatWentBack);
                new OutdatedRun(migration, server).insteadOf(before, () -> migrate(before, id, frozen, begun));
            } catch (MigrationException e) {
                takeBack(before, id, e);
                throw e;
            }
            Claim claim = TargetLook.at(server, migration.schema()).claim().orElseThrow();
            markers.published(claim, target);
            return claim;
        }
    }

    private static int round(Situation before) {
        int known = before.claim().map(claim -> claim.frozen().round()).orElse(0);
        Optional<Marker> marker = before.marker();
        return marker.filter(says -> says.happened() == Happening.FROZEN)
                .map(Marker::round)
                .orElseGet(() -> 1 + Math.max(known, marker.map(Marker::round).orElse(0)));
    }

    private void migrate(Situation before, String id, Frozen frozen, long begun) {
        new MigrationRun(again(before), server, new AtPublication() {
                    private Optional<KeptCensus> counted = Optional.empty();

                    @Override
                    public void counted(Supplier<KeptCensus> census) {
                        counted = Optional.of(census.get());
                    }

                    @Override
                    public Optional<Duration> downtime() {
                        return Optional.of(Duration.ofNanos(System.nanoTime() - begun));
                    }

                    @Override
                    public void planned(MigrationPlan plan) {
                        new WayBackDemand(options.wayBack(), migration.accepted()).allow(plan);
                    }

                    @Override
                    public void publishing(Connection connection, List<String> views) throws SQLException {
                        EventLog.published(connection, id, frozen, views, counted);
                    }
                })
                .run();
    }

    /**
     * What a withdrawn run left in the application's own tables is replaced, and so is what was carried back: SQLite
     * holds it.
     */
    private MigrationOptions again(Situation before) {
        boolean takenBack =
                before.claim().filter(claim -> claim.happened().takenBack()).isPresent();
        return takenBack && migration.schema() instanceof ExistingSchema schema
                ? migration.withSchema(schema.seededRows(SeededRows.REPLACE))
                : migration;
    }

    /**
     * Only the journal knows whether a failed run was published after all, as after a commit whose answer was lost; if
     * it cannot be asked, the marker stays and the next call asks. An interrupt that ended the run does not end this.
     */
    private void takeBack(Situation before, String id, MigrationException failure) {
        boolean interrupted = Thread.interrupted();
        try {
            Optional<Claim> claim = TargetLook.at(server, migration.schema()).claim();
            if (claim.filter(claimed -> claimed.migrationId().equals(id)).isEmpty()) {
                markers.backTo(before.marker());
            }
        } catch (MigrationException e) {
            failure.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private MigrationReport finish(Claim claim, String target) {
        gate.pass(claim, Optional.empty());
        markers.published(claim, target);
        for (var test : migration.smokeTests().entrySet()) {
            try {
                test.getValue().test(server.dataSource());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MigrationException(
                        Reason.INTERRUPTED,
                        "Interrupted during the smoke test " + test.getKey() + ".",
                        "call again.",
                        e);
            } catch (Exception e) {
                throw withdrawn(claim, target, test.getKey(), e);
            }
        }
        MigrationReport report = report(Optional.of(claim));
        sweep();
        new EventLog(server).record(claim.migrationId(), Happening.SWITCHED, claim.frozen(), connection -> {});
        markers.follow(TargetLook.at(server, migration.schema()).claim().orElseThrow(), target);
        return report;
    }

    /** A switch that was cut off after its publication may have left the state that a copy ahead was of. */
    private void sweep() {
        AheadFile.sweep(file.resolveSibling(""), file, Optional.empty());
        Optional<Path> backup = migration.backup().path();
        if (backup.isPresent()) {
            AheadFile.sweep(backup.get().toAbsolutePath().resolveSibling(""), file, Optional.empty());
        }
    }

    private MigrationException withdrawn(Claim claim, String target, String test, @Nullable Exception cause) {
        new Withdrawal(server, migration.schema()).of(claim);
        markers.follow(TargetLook.at(server, migration.schema()).claim().orElseThrow(), target);
        return new MigrationException(
                Reason.SMOKE_TEST_FAILED,
                "The smoke test " + test + " failed on " + target
                        + ". The switch was taken back: the application is on SQLite," + " and " + file
                        + " can be written to again.",
                "see to the cause, then call switchOver() again.",
                cause);
    }
}
