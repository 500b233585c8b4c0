package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.toSet;

import com.google.common.collect.ListMultimap;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.blueprint.MadePlan;
import dev.outgrow.internal.existing.ConstraintSearch.Unanswered;
import dev.outgrow.internal.existing.TablePair.ColumnPair;
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
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import dev.outgrow.typemap.internal.rules.TargetTypes;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.SQLException;
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
        TargetCatalog target;
        TargetTypes types;
        List<EventTrigger> eventTriggers;
        Map<String, List<String>> inherited;
        try {
            target = TargetCatalogReader.read(postgres, schema.name());
            types = new TargetTypes(true, Preflight.hasInfiniteNumeric(postgres));
            eventTriggers = EventTrigger.enabled(postgres);
            inherited = InheritedRows.of(postgres, schema.name());
        } catch (SQLException e) {
            throw ServerFailure.of(e, "reading the catalog of schema " + schema.name());
        }
        try (Connection sqlite = snapshot.open()) {
            TextEncoding encoding = TextEncoding.of(sqlite);
            Catalog catalog = CatalogReader.read(sqlite);
            SnapshotQueries queries = new SnapshotQueries(sqlite, encoding);
            TableChoice choice = new TableChoice(catalog, options.only(), options.except());
            List<SqliteTable> chosen = choice.chosen(notices);
            TypeChooser chooser = TypeChoosers.of(options.typeRules(), options.misfitPolicy(), types, catalog);
            MissingTables.Made made = MissingTables.Made.nothing(target);
            if (!loaded) {
                new BooksAgree(sqlite, postgres, schema, notices).name(catalog, target);
                made = missing(sqlite, postgres, catalog, chosen, target, encoding);
                target = made.target();
            }
            shape.nameQueries(notices);
            shape.nameKept(notices);
            shape.nameOrphans(notices);
            Matching matching = new Matching(target, schema, shape, fullText(catalog), queries, notices).match(chosen);
            if (!loaded) {
                TargetRights.demand(postgres, matching.tables(), target);
            }
            progress.begin(Phase.CENSUS);
            CensusRun.Counters counters = counters(matching.tables(), chooser);
            List<SqliteTable> counted =
                    matching.tables().stream().map(TablePair::source).toList();
            Map<String, TableCensus> census = known.flatMap(before -> before.of(counted, counters))
                    .orElseGet(() -> new CensusRun(snapshot, encoding, options.parallelism(), progress)
                            .count(sqlite, counted, counters));
            progress.begin(Phase.PLAN);
            SequencePlanner sequences = new SequencePlanner(catalog, target, shape);
            ExistingPlanner planner = new ExistingPlanner(chooser, shape, sequences, notices);
            Map<String, ExistingTable> tables = new LinkedHashMap<>();
            for (TablePair pair : matching.tables()) {
                tables.put(
                        pair.target().name(),
                        planner.plan(
                                pair,
                                Objects.requireNonNull(census.get(pair.source().name()))));
            }
            WayBackNotices wayBack = new WayBackNotices(notices);
            tables.values().stream()
                    .filter(table -> !shape.isOfQuery(table.pair().source().name()))
                    .forEach(table -> wayBack.table(table.pair().source(), table.mapping(), table.census()::column));
            wayBack.virtualTables(catalog);
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
            if (options.misfitPolicy() == MisfitPolicy.WIDEN) {
                notices.warn(
                        NoticeKind.MISFIT_POLICY.id(options.schema().name()),
                        "onMisfit(WIDEN) widens nothing here: the columns of schema "
                                + options.schema().name() + " are what they are.",
                        "Leave it out, and settle misfits by rules or in SQLite.");
            }
            EventTriggerNotices.name(eventTriggers, false, notices);
            inherited.forEach((parent, heirs) -> {
                if (tables.containsKey(parent)) {
                    notices.warn(
                            NoticeKind.INHERITANCE.id(parent),
                            "Queries of table " + parent + " also read the rows of tables that inherit from it: "
                                    + String.join(", ", heirs) + ". The app will see more rows than the source has.",
                            "Empty these tables, or let them inherit no more: ALTER TABLE … NO INHERIT " + parent
                                    + ".");
                }
            });
            if (!loaded) {
                nameMaterializedViews(postgres, tables.keySet());
            }
            ConventionNotices.of(chooser, options.typeRules(), catalog, census).name(notices);
            notices.close(chooser.unmatchedRules());
            MadePlan bare = new MadePlan(
                    options.source().describe(),
                    snapshot.fingerprint(),
                    schema.name(),
                    tables.values().stream()
                            .map(table -> ShownTable.of(
                                    table.mapping(), table.census().rows(), table.parts()))
                            .toList(),
                    notices.notices(),
                    notices.accepted(),
                    List.of(),
                    List.of(),
                    shape.script() + made.script(),
                    MadePlan.NO_OUTLOOK);
            MadePlan told = AppTasks.added(bare, catalog, JobTables.among(catalog.tables(), sqlite), List.of());
            MadePlan plan = Prospect.added(told, options, snapshot.sizeBytes(), Optional.of(PgServer.name(postgres)));
            progress.end();
            return new PlannedFilling(
                    encoding,
                    () -> KeptCensus.of(census, counted, counters),
                    new ExistingPlan(plan, List.copyOf(tables.values()), sequences.moves(), sequences.positions()),
                    shape.fired(),
                    shape.orphans(),
                    tables.keySet().stream()
                            .filter(table -> schema.seededRows(table)
                                    .or(schema::seededRows)
                                    .filter(SeededRows.KEEP::equals)
                                    .isPresent())
                            .toList(),
                    made.statements());
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "reading the snapshot");
        }
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

    private static CensusRun.Counters counters(List<TablePair> pairs, TypeChooser chooser) {
        Map<String, TablePair> bySource = new HashMap<>();
        pairs.forEach(pair -> bySource.put(pair.source().name(), pair));
        return new CensusRun.Counters() {
            @Override
            public ColumnCounter first(SqliteTable table, SourceColumn column) {
                return Objects.requireNonNull(bySource.get(table.name()))
                        .fromSource(column.name())
                        .map(pair -> chooser.counterFor(column, type(pair)))
                        .orElseGet(() -> chooser.counterFor(column));
            }

            /** Every value is tried on the type of its column, and again if a rule decided by the census. */
            @Override
            public Map<String, ColumnCounter> again(SqliteTable table, TableCensus first) {
                return recount(Objects.requireNonNull(bySource.get(table.name())), first, chooser);
            }
        };
    }

    private static Map<String, ColumnCounter> recount(TablePair table, TableCensus census, TypeChooser chooser) {
        Map<String, ColumnCounter> again = new LinkedHashMap<>();
        for (ColumnPair pair : table.columns()) {
            ColumnCensus first = census.column(pair.source().name());
            chooser.recountFor(chooser.choose(pair.source().source(), first, type(pair)), first, type(pair))
                    .ifPresent(counter -> again.put(pair.source().name(), counter));
        }
        return again;
    }

    private static PgType type(ColumnPair pair) {
        return pair.target().type();
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
