package dev.outgrow.internal.created;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.blueprint.MadePlan;
import dev.outgrow.internal.notice.OrphanNotices;
import dev.outgrow.internal.plan.AppTasks;
import dev.outgrow.internal.plan.ConventionNotices;
import dev.outgrow.internal.plan.ConventionTables;
import dev.outgrow.internal.plan.Distribution;
import dev.outgrow.internal.plan.JobTables;
import dev.outgrow.internal.plan.NameCase;
import dev.outgrow.internal.plan.PlanInput;
import dev.outgrow.internal.plan.Planner;
import dev.outgrow.internal.plan.RoomAnswers;
import dev.outgrow.internal.plan.TableChoice;
import dev.outgrow.internal.plan.TextOrder;
import dev.outgrow.internal.plan.TypeChoosers;
import dev.outgrow.internal.postgres.ServerFacts;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.reshape.Link.Treated;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.CensusRun;
import dev.outgrow.internal.work.ChosenCounters;
import dev.outgrow.internal.work.KeptCensus;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.internal.work.Prospect;
import dev.outgrow.option.CreatedSchema;
import dev.outgrow.report.Phase;
import dev.outgrow.typemap.internal.rules.TargetTypes;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Catalog, census and plan: everything between the snapshot and the first write. */
public final class CreatedPlanning {
    private final MigrationOptions options;
    private final Snapshot snapshot;
    private final List<Treated> orphans;
    private final ServerFacts facts;
    private final Progress progress;
    private boolean tried;
    private Optional<KeptCensus> known = Optional.empty();

    /**
     * The preparation of one run.
     *
     * @param source the source after orphans were treated as the caller said
     * @param facts what is known of the target
     */
    public CreatedPlanning(MigrationOptions options, TreatedSource source, ServerFacts facts, Progress progress) {
        this.options = options;
        this.snapshot = source.snapshot();
        this.orphans = source.orphans();
        this.facts = facts;
        this.progress = progress;
    }

    /**
     * Reads, counts, decides, and completes the snapshot.
     *
     * @throws MigrationException if the source cannot be read, or the thread was interrupted
     */
    public PlannedCreation prepare() {
        try {
            return read();
        } catch (RuntimeException e) {
            throw snapshot.causeOf(e);
        }
    }

    /**
     * Likewise, for a migration that was made: nothing of it is tried on the server once more.
     *
     * @param counted what the run counted in the very same rows, if that is known
     * @throws MigrationException as {@link #prepare()}
     */
    public PlannedCreation prepareAgain(Optional<KeptCensus> counted) {
        tried = true;
        known = counted;
        return prepare();
    }

    private PlannedCreation read() {
        progress.begin(Phase.CATALOG);
        try (Connection connection = snapshot.open()) {
            TextEncoding encoding = TextEncoding.of(connection);
            Catalog whole = CatalogReader.read(connection);
            ConventionTables special =
                    ConventionTables.of(whole, options.typeRules().conventions(), connection);
            Catalog catalog = special.rest();
            List<SqliteTable> tables = new TableChoice(catalog, options.only(), options.except()).chosen();
            TypeChooser chooser = TypeChoosers.of(
                    options.typeRules(),
                    options.misfitPolicy(),
                    new TargetTypes(facts.citext(), facts.infiniteNumeric()),
                    catalog);
            progress.begin(Phase.CENSUS);
            CensusRun counting = new CensusRun(snapshot, encoding, options.parallelism(), progress);
            ChosenCounters counters = new ChosenCounters(chooser);
            Map<String, TableCensus> census = known.flatMap(counted -> counted.of(tables, counters))
                    .orElseGet(() -> counting.count(connection, tables, counters));
            progress.begin(Phase.PLAN);
            RowSearches searches = new RowSearches(catalog, tables, census, chooser).with(counting);
            PlanInput input = new PlanInput(
                    options.source().describe(),
                    snapshot.fingerprint(),
                    options.schema().name(),
                    letters(),
                    special,
                    textOrder(),
                    catalog,
                    census,
                    searches.orphans(),
                    searches.brokenRows(),
                    searches.mergedKeys(),
                    options.only(),
                    options.except(),
                    options.accepted(),
                    chooser::choose,
                    chooser::unmatchedRules,
                    () -> ConventionNotices.of(chooser, options.typeRules(), whole, census),
                    facts.eventTriggers(),
                    facts.citextSchema(),
                    OrphanNotices.of(orphans),
                    Distribution.of(options.schema(), facts.name().map(name -> facts.citus())),
                    Map.of(),
                    RoomAnswers.NONE);
            long rows = census.values().stream().mapToLong(TableCensus::rows).sum();
            Map<String, String> without = new HashMap<>(VastViews.of(connection, catalog, rows));
            searches.recomputed()
                    .forEach(id -> without.put(id, "it is computed from values that arrive otherwise than they are"));
            Blueprint blueprint = tried(input, without, RowSource.of(connection, encoding));
            MadePlan told = AppTasks.added(
                    blueprint.plan(), catalog, JobTables.among(tables, connection), extensions(blueprint));
            MadePlan plan = Prospect.added(told, options, snapshot.sizeBytes(), facts.name());
            snapshot.complete();
            PlannedCreation prepared = new PlannedCreation(
                    snapshot,
                    encoding,
                    census,
                    () -> KeptCensus.of(census, tables, counters),
                    blueprint.shown(plan),
                    orphans);
            progress.end();
            return prepared;
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "reading the snapshot");
        }
    }

    /** Only citext is ever needed; whether it is available is known once there is a server. */
    private List<String> extensions(Blueprint blueprint) {
        return blueprint.extensions().stream()
                .map(name -> facts.name().isEmpty()
                        ? "Make sure that the server has the extension " + name
                                + ", which comes with PostgreSQL's contrib package."
                        : "The target needs the extension " + name
                                + facts.citextSchema()
                                        .map(schema -> ", which it has, in schema " + schema + ".")
                                        .orElse(": this server has it, and the run installs it."))
                .toList();
    }

    private NameCase letters() {
        return options.schema() instanceof CreatedSchema schema && schema.isLowerCaseNames()
                ? NameCase.FOLDED
                : NameCase.KEPT;
    }

    private TextOrder textOrder() {
        boolean collateC = options.schema() instanceof CreatedSchema schema && schema.isCollateC();
        return new TextOrder(collateC, facts.textOrder());
    }

    /** The plan. If there is a server to ask, a translation that it refuses becomes a notice instead of a failure. */
    private Blueprint tried(PlanInput input, Map<String, String> without, RowSource rows) {
        Map<String, String> refused = new HashMap<>(without);
        if (tried || options.target().isEmpty()) {
            return new Planner(input.refusing(refused)).plan();
        }
        ServerTrial trial = new ServerTrial(options.target().get());
        PlanInput asked = input.answered(new RoomAnswers(true, Map.of()));
        Blueprint blueprint = new Planner(asked.refusing(refused)).plan();
        while (true) {
            // If a table cannot be made, nothing else of it can be tried.
            Map<String, String> found = trial.translations(blueprint);
            if (refused.keySet().containsAll(found.keySet())) {
                break;
            }
            refused.putAll(found);
            blueprint = new Planner(asked.refusing(refused)).plan();
        }
        RoomAnswers room = trial.room(blueprint, input.census(), rows);
        return room.asked() && room.refused().isEmpty()
                ? blueprint
                : new Planner(input.answered(room).refusing(refused)).plan();
    }
}
