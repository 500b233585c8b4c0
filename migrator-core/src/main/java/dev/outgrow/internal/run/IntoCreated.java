package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.exception.ValidationFailedException;
import dev.outgrow.internal.ahead.AheadCopy;
import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.copy.Making;
import dev.outgrow.internal.created.CreatedComparison;
import dev.outgrow.internal.created.CreatedPlanning;
import dev.outgrow.internal.created.CreatedRun;
import dev.outgrow.internal.created.PlannedCreation;
import dev.outgrow.internal.created.TreatedSource;
import dev.outgrow.internal.journal.Discarding;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.journal.RunLock;
import dev.outgrow.internal.plan.WantedNames;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.Preflight;
import dev.outgrow.internal.postgres.ServerFacts;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.SessionTrial;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.source.DriverLoading;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.Attempt;
import dev.outgrow.internal.work.ComparisonTerms;
import dev.outgrow.internal.work.KeptCensus;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import dev.outgrow.report.ShapePart;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import dev.outgrow.validate.internal.catalog.TableExpectations;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The way into tables that we make. */
record IntoCreated(MigrationOptions options) implements Way {
    @Override
    public Foreseen foresee() {
        DriverLoading.begin();
        ServerFacts facts = options.target().map(this::facts).orElse(ServerFacts.UNKNOWN);
        Progress progress = new Progress(options.listener());
        progress.begin(Phase.SNAPSHOT);
        try (Snapshot snapshot = options.source().begin(options.backup(), false);
                TreatedSource source = TreatedSource.of(snapshot, options.orphans())) {
            Blueprint blueprint = new CreatedPlanning(options, source, facts, progress)
                    .prepare()
                    .blueprint();
            return new Foreseen(blueprint.plan(), Optional.of(WantedNames.of(blueprint)));
        }
    }

    /** How many locks the publication takes: one for each relation, and one for each table's sequence. */
    static int locks(int tables, int views) {
        return 2 * tables + views;
    }

    private ServerFacts facts(PgServer server) {
        try (PgServer.Pair pair = server.pair()) {
            Preflight preflight = new Preflight(pair.one(), options.schema().name());
            preflight.server();
            new SessionTrial(pair.one(), pair.other()).demand();
            return preflight.facts();
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at the target");
        }
    }

    @Override
    public MigrationReport carryOut(
            Attempt attempt, RunLock lock, ServerFacts facts, Snapshot snapshot, Optional<RecordedRun> recorded)
            throws SQLException {
        try (TreatedSource source = TreatedSource.of(snapshot, options.orphans())) {
            PlannedCreation planned = new CreatedPlanning(options, source, facts, attempt.progress()).prepare();
            Optional<AheadCopy> ahead = CopyBefore.of(attempt, lock, recorded);
            Optional<RecordedRun> unfinished = ahead.isPresent() ? Optional.empty() : recorded;
            demandStill(attempt, lock, snapshot, unfinished);
            attempt.report().backup(snapshot.backup());
            MigrationPlan plan = planned.blueprint().plan();
            List<ShapePart> shape = ShapeReader.read(options, snapshot, lock.connection(), plan);
            if (source.snapshot() == snapshot) {
                attempt.atPublication().counted(planned.kept());
            }
            attempt.planned(plan, shape, Adjustments.of(options, migrated(planned), plan));
            new Admission(options).allow(plan, shape, planned.workFingerprint(), unfinished);
            RoomDemand.compare(options, snapshot.sizeBytes(), lock.connection());
            Preflight preflight = new Preflight(lock.connection(), attempt.schema());
            WantedNames.of(planned.blueprint()).demandFree(lock.connection(), attempt.schema());
            preflight.enoughLocks(locks(
                    planned.blueprint().tables().size(),
                    planned.blueprint().views().size()));
            CopyBefore copy = new CopyBefore(attempt, lock, planned);
            MigrationReport report;
            try {
                CreatedRun run = new CreatedRun(attempt, planned, source.aside());
                report = ahead.isPresent() ? copy.goOnFrom(ahead.get(), run) : run.carryOut(lock, recorded);
            } catch (ValidationFailedException e) {
                report = withoutDisproved(e, attempt, lock, facts, source);
            }
            copy.settle(ahead, source.snapshot());
            return report;
        }
    }

    /**
     * Runs again without the translations that were found wrong, if the caller accepted that they do not arrive and
     * nothing else is wrong. Their ids count as if the caller had accepted each by name; the copied data was discarded.
     */
    private MigrationReport withoutDisproved(
            ValidationFailedException failure, Attempt attempt, RunLock lock, ServerFacts facts, TreatedSource source)
            throws SQLException {
        List<String> ids = Disproved.accepted(failure.validation(), options.accepted());
        if (ids.isEmpty()) {
            throw failure;
        }
        MigrationOptions without = options.withAccepted(options.accepted().and(ids));
        PlannedCreation planned = new CreatedPlanning(without, source, facts, attempt.progress()).prepare();
        MigrationPlan plan = planned.blueprint().plan();
        attempt.planned(plan, attempt.shape(), Adjustments.of(without, migrated(planned), plan));
        try {
            return new CreatedRun(attempt, planned, source.aside()).carryOut(lock, Optional.empty());
        } catch (ValidationFailedException e) {
            return new IntoCreated(without).withoutDisproved(e, attempt, lock, facts, source);
        }
    }

    /** What an unfinished run has copied is useless if the source has changed since: the next run starts over. */
    private static void demandStill(Attempt attempt, RunLock lock, Snapshot snapshot, Optional<RecordedRun> unfinished)
            throws SQLException {
        try {
            attempt.demandStill(snapshot);
        } catch (MigrationException e) {
            if (e.reason() == Reason.SOURCE_CHANGED && unfinished.isPresent()) {
                Discarding.discard(lock.connection(), unfinished.get(), attempt.schema());
            }
            throw e;
        }
    }

    private static List<Adjustments.Migrated> migrated(PlannedCreation planned) {
        return planned.blueprint().tables().stream()
                .map(TableBlueprint::mapping)
                .map(mapping -> new Adjustments.Migrated(
                        mapping, Objects.requireNonNull(planned.census().get(mapping.table())), false))
                .toList();
    }

    @Override
    public ValidationReport compare(PgServer server, ServerFacts facts, Snapshot snapshot, Progress progress)
            throws SQLException, InterruptedException {
        try (TreatedSource source = TreatedSource.of(snapshot, options.orphans())) {
            PlannedCreation planned = new CreatedPlanning(options, source, facts, progress).prepare();
            progress.begin(Phase.VALIDATION);
            String schema = options.schema().name();
            return new CreatedComparison(options, planned, progress).run(server, schema, List.of(schema), true);
        }
    }

    @Override
    public Mapped mapped(PgServer server, ServerFacts facts, Snapshot snapshot, Progress progress) {
        try (TreatedSource source = TreatedSource.of(snapshot, options.orphans())) {
            PlannedCreation planned = new CreatedPlanning(options, source, facts, progress).prepare();
            return new Mapped(
                    planned.encoding(),
                    planned.blueprint().tables().stream()
                            .map(table -> new MappedTable(
                                    table.source(),
                                    table.targetName(),
                                    table.mapping().columns().stream()
                                            .filter(column -> !table.computed().contains(column.targetName()))
                                            .toList(),
                                    Making.NOTHING))
                            .toList());
        }
    }

    @Override
    public TreatedState treated(PgServer server, Snapshot state) {
        TreatedSource source = TreatedSource.of(state, options.orphans());
        return new TreatedState(source.snapshot(), Set.of(), Map.of(), source.aside(), source::close);
    }

    @Override
    public BackPlan back(
            PgServer server, ServerFacts facts, Snapshot backup, Optional<KeptCensus> known, Progress progress) {
        BackPlan.Treated source = treated(TreatedSource.of(backup, options.orphans()));
        boolean planned = false;
        try {
            TreatedSource treated = new TreatedSource(source.snapshot(), List.of(), Optional.empty());
            PlannedCreation creation = new CreatedPlanning(options, treated, facts, progress)
                    .prepareAgain(known.filter(census -> source.snapshot() == backup));
            ComparisonTerms terms = new ComparisonTerms(options, progress);
            List<BackPlan.Table> tables = creation.blueprint().tables().stream()
                    .map(table -> backTable(table, terms, creation))
                    .toList();
            planned = true;
            return new BackPlan(
                    creation.blueprint().catalog(),
                    tables,
                    source,
                    made -> treated(TreatedSource.of(made, options.orphans())));
        } finally {
            if (!planned) {
                source.close();
            }
        }
    }

    private BackPlan.Table backTable(TableBlueprint table, ComparisonTerms terms, PlannedCreation creation) {
        TableCensus census =
                Objects.requireNonNull(creation.census().get(table.source().name()));
        ComparedTable compared = terms.table(
                table.source(),
                table.mapping(),
                options.schema().name(),
                table.keyed(),
                table.rows(),
                TableExpectations.none(),
                Set.of(),
                0);
        return new BackPlan.Table(table.source(), compared, census.uniform(), census.mute(), false);
    }

    private static BackPlan.Treated treated(TreatedSource source) {
        return new BackPlan.Treated(source.snapshot(), source::close);
    }
}
