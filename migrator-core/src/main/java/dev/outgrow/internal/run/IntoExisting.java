package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.existing.ExistingComparison;
import dev.outgrow.internal.existing.ExistingPlanning;
import dev.outgrow.internal.existing.ExistingRun;
import dev.outgrow.internal.existing.PlannedFilling;
import dev.outgrow.internal.existing.ReshapedSource;
import dev.outgrow.internal.existing.SchemaReadiness;
import dev.outgrow.internal.existing.ShardTrial;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.journal.RunLock;
import dev.outgrow.internal.postgres.CitusTransaction;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.Preflight;
import dev.outgrow.internal.postgres.ReleasedTables;
import dev.outgrow.internal.postgres.ServerFacts;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.SessionTrial;
import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.Attempt;
import dev.outgrow.internal.work.ComparisonTerms;
import dev.outgrow.internal.work.KeptCensus;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import dev.outgrow.report.ShapePart;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.DatabaseAccess;
import dev.outgrow.validate.internal.catalog.TableExpectations;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The way into tables that the app's own migrations made. */
record IntoExisting(MigrationOptions options, ExistingSchema schema) implements Way {
    @Override
    public Foreseen foresee() {
        PgServer server = options.target()
                .orElseThrow(() -> new IllegalStateException(
                        "The plan for a schema that exists needs the target: say .to(dataSource) first."));
        Progress progress = new Progress(options.listener());
        try (Connection connection = server.open()) {
            new Preflight(connection, schema.name()).server();
            try (Connection other = server.open()) {
                new SessionTrial(connection, other).demand();
            }
            new SchemaReadiness(schema, connection).demand();
            progress.begin(Phase.SNAPSHOT);
            try (Snapshot snapshot = options.source().passingSnapshot(options.backup());
                    ReshapedSource source = ReshapedSource.of(snapshot, schema, options.orphans(), connection, false)) {
                PlannedFilling planned =
                        new ExistingPlanning(options, schema, source, progress).prepare(connection, false);
                demandPlaces(planned, source, connection);
                return new Foreseen(planned.plan().plan(), Optional.empty());
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at the target");
        }
    }

    @Override
    public MigrationReport carryOut(
            Attempt attempt, RunLock lock, ServerFacts facts, Snapshot snapshot, Optional<RecordedRun> recorded)
            throws SQLException {
        try {
            return fill(attempt, lock, snapshot, recorded);
        } catch (RuntimeException e) {
            boolean passing =
                    e instanceof MigrationException known && known.reason().resumable();
            throw passing ? e : snapshot.causeOf(e);
        }
    }

    private MigrationReport fill(Attempt attempt, RunLock lock, Snapshot snapshot, Optional<RecordedRun> recorded)
            throws SQLException {
        if (schema.preparation().isPresent() || ReshapedSource.isCopied(schema, options.orphans(), false)) {
            // The app's migrations write, and who reads a damaged file for a copy of it may take long.
            snapshot.complete();
        }
        new SchemaReadiness(schema, lock.connection()).prepare(attempt.server());
        try (ReshapedSource source = ReshapedSource.of(snapshot, schema, options.orphans(), lock.connection(), false)) {
            PlannedFilling planned =
                    new ExistingPlanning(options, schema, source, attempt.progress()).prepare(lock.connection(), false);
            demandPlaces(planned, source, lock.connection());
            snapshot.complete();
            attempt.report().backup(snapshot.backup());
            attempt.demandStill(snapshot);
            MigrationPlan plan = planned.plan().plan();
            List<ShapePart> shape = ShapeReader.read(options, snapshot, lock.connection(), plan);
            if (source.snapshot() == snapshot) {
                attempt.atPublication().counted(planned.kept());
            }
            attempt.planned(plan, shape, Adjustments.of(options, migrated(planned), plan));
            new Admission(options).allow(plan, shape, plan.fingerprint(), recorded);
            RoomDemand.compare(options, snapshot.sizeBytes(), lock.connection());
            lock.quiet();
            return new ExistingRun(attempt, source, planned).carryOut(lock.connection());
        }
    }

    /** What Citus cannot do in one transaction is refused before the first write. */
    private void demandPlaces(PlannedFilling planned, ReshapedSource source, Connection connection)
            throws SQLException {
        if (!CitusTransaction.isCitus(connection)) {
            return;
        }
        ReleasedTables.demandNone(
                connection,
                schema.name(),
                planned.plan().tables().stream()
                        .map(table -> table.mapping().targetName())
                        .toList());
        new ShardTrial(connection, schema.name(), source.snapshot(), planned).demand();
    }

    private static List<Adjustments.Migrated> migrated(PlannedFilling planned) {
        return planned.plan().tables().stream()
                .map(table -> new Adjustments.Migrated(
                        table.mapping(), table.census(), table.pair().target().hasRows()))
                .toList();
    }

    @Override
    public ValidationReport compare(PgServer server, ServerFacts facts, Snapshot snapshot, Progress progress)
            throws SQLException, InterruptedException {
        snapshot.complete();
        try (Connection connection = server.open();
                ReshapedSource source = ReshapedSource.of(snapshot, schema, options.orphans(), connection, true)) {
            new SchemaReadiness(schema, connection).demand();
            PlannedFilling planned = new ExistingPlanning(options, schema, source, progress).prepare(connection, true);
            progress.begin(Phase.VALIDATION);
            return new ExistingComparison(options, planned, progress)
                    .run(DatabaseAccess.opening(source.snapshot()::open), DatabaseAccess.opening(server::open), true);
        }
    }

    @Override
    public Mapped mapped(PgServer server, ServerFacts facts, Snapshot snapshot, Progress progress) throws SQLException {
        try (Connection connection = server.open();
                ReshapedSource source = ReshapedSource.of(snapshot, schema, options.orphans(), connection, true)) {
            PlannedFilling planned = new ExistingPlanning(options, schema, source, progress).prepare(connection, true);
            return new Mapped(
                    planned.encoding(),
                    planned.plan().tables().stream()
                            .map(table -> new MappedTable(
                                    table.pair().source(),
                                    table.mapping().targetName(),
                                    table.copied(),
                                    table.making()))
                            .toList());
        }
    }

    @Override
    public TreatedState treated(PgServer server, Snapshot state) throws SQLException {
        try (Connection connection = server.open()) {
            ReshapedSource source = ReshapedSource.of(state, schema, options.orphans(), connection, true);
            return new TreatedState(
                    source.snapshot(),
                    source.shape().queried(),
                    source.shape().refused(),
                    source.aside(),
                    source::close);
        }
    }

    @Override
    public BackPlan back(
            PgServer server, ServerFacts facts, Snapshot backup, Optional<KeptCensus> known, Progress progress)
            throws SQLException {
        try (Connection connection = server.open()) {
            ReshapedSource source = ReshapedSource.of(backup, schema, options.orphans(), connection, true);
            boolean planned = false;
            try (Connection sqlite = backup.open()) {
                new SchemaReadiness(schema, connection).demand();
                PlannedFilling filling = new ExistingPlanning(options, schema, source, progress)
                        .prepareAgain(connection, known.filter(census -> source.snapshot() == backup));
                ComparisonTerms terms = new ComparisonTerms(options, progress);
                List<BackPlan.Table> tables = filling.plan().tables().stream()
                        .map(table -> new BackPlan.Table(
                                table.pair().source(),
                                terms.table(
                                        table.pair().source(),
                                        table.mapping(),
                                        schema.name(),
                                        table.keyed(),
                                        table.census().rows(),
                                        TableExpectations.none(),
                                        ExistingComparison.defaulted(table),
                                        0),
                                table.census().uniform(),
                                table.census().mute(),
                                source.shape().isOfQuery(table.pair().source().name())))
                        .toList();
                BackPlan plan = new BackPlan(
                        CatalogReader.read(sqlite), tables, treated(source), made -> treatedLike(server, made));
                planned = true;
                return plan;
            } finally {
                if (!planned) {
                    source.close();
                }
            }
        }
    }

    private BackPlan.Treated treatedLike(PgServer server, Snapshot made) throws SQLException {
        try (Connection connection = server.open()) {
            return treated(ReshapedSource.of(made, schema, options.orphans(), connection, true));
        }
    }

    private static BackPlan.Treated treated(ReshapedSource source) {
        return new BackPlan.Treated(source.snapshot(), source::close);
    }
}
