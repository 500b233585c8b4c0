package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.toSet;

import com.google.common.collect.ListMultimap;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.blueprint.MadePlan;
import dev.outgrow.internal.existing.ConstraintSearch.Unanswered;
import dev.outgrow.internal.notice.EventTriggerNotices;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.WayBackNotices;
import dev.outgrow.internal.plan.AppTasks;
import dev.outgrow.internal.plan.ConventionNotices;
import dev.outgrow.internal.plan.JobTables;
import dev.outgrow.internal.plan.ShownTable;
import dev.outgrow.internal.plan.TableChoice;
import dev.outgrow.internal.plan.TypeChoosers;
import dev.outgrow.internal.postgres.EventTrigger;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.Preflight;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.existing.InheritedRows;
import dev.outgrow.internal.postgres.existing.MaterializedViews;
import dev.outgrow.internal.postgres.existing.SearchPath;
import dev.outgrow.internal.postgres.existing.TargetCatalog;
import dev.outgrow.internal.postgres.existing.TargetCatalogReader;
import dev.outgrow.internal.postgres.existing.TargetIndex;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.catalog.SqliteVirtualTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.CensusRun;
import dev.outgrow.internal.work.KeptCensus;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.internal.work.Prospect;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.SeededRows;
import dev.outgrow.report.Phase;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.internal.rules.TargetTypes;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Both catalogs, census and plan for an existing schema: everything between the snapshot and the first write. */
public final class ExistingPlanning {
    private final MigrationOptions options;
    private final ExistingSchema schema;
    private final Snapshot snapshot;
    private final Shape shape;
    private final Progress progress;
    private final NoticeBook notices;
    private Optional<KeptCensus> known = Optional.empty();

    public ExistingPlanning(MigrationOptions options, ExistingSchema schema, ReshapedSource source, Progress progress) {
        this.options = options;
        this.schema = schema;
        this.snapshot = source.snapshot();
        this.shape = source.shape();
        this.progress = progress;
        this.notices = new NoticeBook(options.accepted(), Map.of());
    }

    /**
     * Reads and decides, for a migration that was made.
     *
     * @param postgres a session of the target, in auto-commit mode
     * @param counted what the run counted in the very same rows, if that is known
     * @throws MigrationException as {@link #prepare}
     */
    public PlannedFilling prepareAgain(Connection postgres, Optional<KeptCensus> counted) {
        known = counted;
        return prepare(postgres, true);
    }

    /**
     * Reads, counts and decides.
     *
     * @param postgres a session of the target, in auto-commit mode
     * @param loaded whether the rows were already migrated and are only to be compared
     * @throws MigrationException if a side cannot be read, the role lacks rights, or the thread was interrupted
     */
    public PlannedFilling prepare(Connection postgres, boolean loaded) {
        progress.begin(Phase.CATALOG);
        ServerSide server = serverSide(postgres);
        try (Connection sqlite = snapshot.open()) {
            return prepare(postgres, sqlite, server, loaded);
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "reading the snapshot");
        }
    }

    /** What the server says before anything is decided. */
    private record ServerSide(
            TargetCatalog catalog,
            TargetTypes types,
            List<EventTrigger> eventTriggers,
            Map<String, List<String>> inherited) {}

    private ServerSide serverSide(Connection postgres) {
        try {
            return new ServerSide(
                    TargetCatalogReader.read(postgres, schema.name()),
                    new TargetTypes(true, Preflight.hasInfiniteNumeric(postgres)),
                    EventTrigger.enabled(postgres),
                    InheritedRows.of(postgres, schema.name()));
        } catch (SQLException e) {
            throw ServerFailure.of(e, "reading the catalog of schema " + schema.name());
        }
    }

    private PlannedFilling prepare(Connection postgres, Connection sqlite, ServerSide server, boolean loaded)
            throws SQLException {
        TextEncoding encoding = TextEncoding.of(sqlite);
        Catalog catalog = CatalogReader.read(sqlite);
        SnapshotQueries queries = new SnapshotQueries(sqlite, encoding);
        List<SqliteTable> chosen = new TableChoice(catalog, options.only(), options.except()).chosen(notices);
        TypeChooser chooser = TypeChoosers.of(options.typeRules(), options.misfitPolicy(), server.types(), catalog);
        MissingTables.Made made = MissingTables.Made.nothing(server.catalog());
        if (!loaded) {
            new BooksAgree(sqlite, postgres, schema, notices).name(catalog, server.catalog());
            made = missing(sqlite, postgres, catalog, chosen, server.catalog(), encoding);
        }
        TargetCatalog target = made.target();
        shape.nameQueries(notices);
        shape.nameKept(notices);
        shape.nameOrphans(notices);
        Matching matching = new Matching(target, schema, shape, fullText(catalog), queries, notices).match(chosen);
        if (!loaded) {
            TargetRights.demand(postgres, matching.tables(), target);
        }
        progress.begin(Phase.CENSUS);
        CensusRun.Counters counters = PairCounters.of(matching.tables(), chooser);
        List<SqliteTable> counted =
                matching.tables().stream().map(TablePair::source).toList();
        Map<String, TableCensus> census = known.flatMap(before -> before.of(counted, counters))
                .orElseGet(() -> new CensusRun(snapshot, encoding, options.parallelism(), progress)
                        .count(sqlite, counted, counters));
        progress.begin(Phase.PLAN);
        SequencePlanner sequences = new SequencePlanner(catalog, target, shape);
        Map<String, ExistingTable> tables =
                tables(matching, census, new ExistingPlanner(chooser, shape, sequences, notices));
        nameWayBack(tables, catalog);
        matching.sequences()
                .forEach((counter, sequence) -> sequences.plan(
                        counter,
                        sequence,
                        queries.greatest(counter, counter.columns().get(0).name())));
        new FreeSequences(target, sequences, notices)
                .plan(tables.values(), matching.sequences().values());
        if (!loaded) {
            ConstraintSearch search = new ConstraintSearch(tables, queries, notices);
            Map<String, Unanswered> open = new HashMap<>();
            tables.forEach((name, table) -> open.put(name, search.search(table)));
            probe(postgres, sqlite, encoding, tables, open);
        }
        nameIdlePolicy();
        EventTriggerNotices.name(server.eventTriggers(), false, notices);
        nameHeirs(server.inherited(), tables.keySet());
        if (!loaded) {
            nameMaterializedViews(postgres, tables.keySet());
        }
        ConventionNotices.of(chooser, options.typeRules(), catalog, census).name(notices);
        notices.close(chooser.unmatchedRules());
        MadePlan bare = plan(tables.values(), shape.script() + made.script());
        MadePlan told = AppTasks.added(bare, catalog, JobTables.among(catalog.tables(), sqlite), List.of());
        MadePlan plan = Prospect.added(told, options, snapshot.sizeBytes(), Optional.of(PgServer.name(postgres)));
        progress.end();
        return new PlannedFilling(
                encoding,
                () -> KeptCensus.of(census, counted, counters),
                new ExistingPlan(plan, List.copyOf(tables.values()), sequences.moves(), sequences.positions()),
                shape.fired(),
                shape.orphans(),
                keepingSeeds(tables.keySet()),
                made.statements());
    }

    /** The planned tables, by their names in the target. */
    private static Map<String, ExistingTable> tables(
            Matching matching, Map<String, TableCensus> census, ExistingPlanner planner) {
        Map<String, ExistingTable> tables = new LinkedHashMap<>();
        for (TablePair pair : matching.tables()) {
            tables.put(
                    pair.target().name(),
                    planner.plan(
                            pair,
                            Objects.requireNonNull(census.get(pair.source().name()))));
        }
        return tables;
    }

    private void nameWayBack(Map<String, ExistingTable> tables, Catalog catalog) {
        WayBackNotices wayBack = new WayBackNotices(notices);
        tables.values().stream()
                .filter(table -> !shape.isOfQuery(table.pair().source().name()))
                .forEach(table -> wayBack.table(table.pair().source(), table.mapping(), table.census()::column));
        wayBack.virtualTables(catalog);
    }

    private void nameIdlePolicy() {
        if (options.misfitPolicy() == MisfitPolicy.WIDEN) {
            notices.warn(
                    NoticeKind.MISFIT_POLICY.id(options.schema().name()),
                    "onMisfit(WIDEN) widens nothing here: the columns of schema "
                            + options.schema().name() + " are what they are.",
                    "Leave it out, and settle misfits by rules or in SQLite.");
        }
    }

    private void nameHeirs(Map<String, List<String>> inherited, Set<String> tables) {
        inherited.forEach((parent, heirs) -> {
            if (tables.contains(parent)) {
                notices.warn(
                        NoticeKind.INHERITANCE.id(parent),
                        "Queries of table " + parent + " also read the rows of tables that inherit from it: "
                                + String.join(", ", heirs) + ". The app will see more rows than the source has.",
                        "Empty these tables, or let them inherit no more: ALTER TABLE … NO INHERIT " + parent + ".");
            }
        });
    }

    private MadePlan plan(Collection<ExistingTable> tables, String script) {
        return new MadePlan(
                options.source().describe(),
                snapshot.fingerprint(),
                schema.name(),
                tables.stream()
                        .map(table ->
                                ShownTable.of(table.mapping(), table.census().rows(), table.parts()))
                        .toList(),
                notices.notices(),
                notices.accepted(),
                List.of(),
                List.of(),
                script,
                MadePlan.NO_OUTLOOK);
    }

    private List<String> keepingSeeds(Set<String> tables) {
        return tables.stream()
                .filter(table -> schema.seededRows(table)
                        .or(schema::seededRows)
                        .filter(SeededRows.KEEP::equals)
                        .isPresent())
                .toList();
    }

    private void nameMaterializedViews(Connection postgres, Set<String> tables) {
        try {
            for (String view : MaterializedViews.ofOthers(postgres, schema.name(), tables)) {
                notices.warn(
                        NoticeKind.MATERIALIZED_VIEW.id(view),
                        "The materialized view " + view
                                + " reads tables that are loaded, and belongs to another role: the run"
                                + " cannot compute it again, so that it keeps showing what they hold now.",
                        "Let its owner do so after the run, by REFRESH MATERIALIZED VIEW " + view + ".");
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking for materialized views of the target");
        }
    }

    private MissingTables.Made missing(
            Connection sqlite,
            Connection postgres,
            Catalog catalog,
            List<SqliteTable> chosen,
            TargetCatalog target,
            TextEncoding encoding) {
        List<SqliteTable> missing = chosen.stream()
                .filter(table -> shape.makes(table.name()) && !shape.leavesBehind(table.name()))
                .filter(table -> target.tables().stream()
                        .noneMatch(there -> there.name().equalsIgnoreCase(shape.tableFor(table.name()))))
                .toList();
        if (missing.isEmpty()) {
            return MissingTables.Made.nothing(target);
        }
        try {
            TypeChooser chooser = TypeChoosers.of(
                    options.typeRules(),
                    options.misfitPolicy(),
                    new TargetTypes(
                            new Preflight(postgres, schema.name()).facts().citext(),
                            Preflight.hasInfiniteNumeric(postgres)),
                    catalog);
            CensusRun counting = new CensusRun(snapshot, encoding, options.parallelism(), progress);
            return new MissingTables(options, counting, chooser, notices)
                    .plan(sqlite, encoding, postgres, catalog, missing, target);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at the target");
        }
    }

    private static Set<String> fullText(Catalog catalog) {
        return catalog.virtualTables().stream()
                .filter(table -> table.moduleKind().fullText())
                .map(SqliteVirtualTable::name)
                .collect(toSet());
    }

    private void probe(
            Connection postgres,
            Connection sqlite,
            TextEncoding encoding,
            Map<String, ExistingTable> tables,
            Map<String, Unanswered> open) {
        try {
            postgres.setAutoCommit(false);
            try {
                SearchPath path = SearchPath.ofNothing(postgres);
                ListMultimap<String, TargetIndex> indexes = TargetIndex.of(postgres, schema.name());
                path.ofTheApp(schema.name());
                new TargetProbe(postgres, RowSource.of(sqlite, encoding), schema, indexes, notices).ask(tables, open);
            } finally {
                postgres.rollback();
                postgres.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "trying the constraints of the target");
        }
    }
}
