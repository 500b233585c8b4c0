package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.plan.Blueprint;
import dev.outgrow.internal.plan.PlanInput;
import dev.outgrow.internal.plan.Planner;
import dev.outgrow.internal.plan.TableChoice;
import dev.outgrow.internal.plan.TextOrder;
import dev.outgrow.internal.postgres.ServerFacts;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.BrokenRowSearch;
import dev.outgrow.internal.sqlite.census.BrokenRows;
import dev.outgrow.internal.sqlite.census.CensusTaker;
import dev.outgrow.internal.sqlite.census.KeySearch;
import dev.outgrow.internal.sqlite.census.MergedKey;
import dev.outgrow.internal.sqlite.census.OrphanSearch;
import dev.outgrow.internal.sqlite.census.Orphans;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.plan.CreatedSchema;
import dev.outgrow.report.Phase;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import dev.outgrow.typemap.internal.rules.TargetTypes;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Catalog, census and plan: everything between the snapshot and the first write. */
final class Preparation {
    private final MigrationOptions options;
    private final Snapshot snapshot;
    private final ServerFacts facts;
    private final Progress progress;

    /**
     * The preparation of one run.
     *
     * @param facts what is known of the target
     */
    Preparation(MigrationOptions options, Snapshot snapshot, ServerFacts facts, Progress progress) {
        this.options = options;
        this.snapshot = snapshot;
        this.facts = facts;
        this.progress = progress;
    }

    /**
     * Reads, counts and decides, and completes the snapshot.
     *
     * @throws MigrationException where the source cannot be read, or the thread was interrupted
     */
    Prepared prepare() {
        try {
            return read();
        } catch (RuntimeException e) {
            throw snapshot.causeOf(e);
        }
    }

    private Prepared read() {
        progress.begin(Phase.CATALOG);
        try (Connection connection = snapshot.open()) {
            TextEncoding encoding = TextEncoding.of(connection);
            Catalog catalog = CatalogReader.read(connection);
            List<SqliteTable> tables = new TableChoice(catalog, options.only(), options.except()).chosen();
            TypeChooser chooser = new TypeChooser(
                    options.typeRules(),
                    options.misfitPolicy(),
                    new TargetTypes(facts.citext(), facts.infiniteNumeric()));
            progress.begin(Phase.CENSUS);
            CensusRun counting = new CensusRun(snapshot, encoding, options.parallelism(), progress);
            Map<String, TableCensus> census = counting.count(connection, tables, new Choosing(chooser));
            snapshot.complete();
            progress.begin(Phase.PLAN);
            PlanInput input = new PlanInput(
                    options.source().describe(),
                    snapshot.fingerprint(),
                    options.schema().name(),
                    textOrder(),
                    catalog,
                    census,
                    orphans(catalog, tables, census, counting),
                    brokenRows(tables, census, counting),
                    mergedKeys(tables, census, counting, chooser),
                    options.only(),
                    options.except(),
                    options.accepted(),
                    chooser::choose,
                    chooser::unmatchedRules,
                    Map.of());
            Prepared prepared = new Prepared(snapshot, encoding, census, tried(input));
            progress.end();
            return prepared;
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "reading the snapshot");
        }
    }

    private TextOrder textOrder() {
        boolean collateC = options.schema() instanceof CreatedSchema schema && schema.isCollateC();
        return new TextOrder(collateC, facts.textOrder());
    }

    private List<BrokenRows> brokenRows(List<SqliteTable> tables, Map<String, TableCensus> census, CensusRun counting) {
        List<BrokenRows> broken = Collections.synchronizedList(new ArrayList<>());
        Schedule<Lanes.Reading> schedule = new Schedule<>();
        census.forEach((name, counted) -> tables.stream()
                .filter(table -> table.name().equals(name))
                .forEach(table -> schedule.add(
                        counted.bytes(),
                        List.of(),
                        lane -> broken.addAll(
                                new BrokenRowSearch(lane.sqlite(), lane.encoding()).search(table, counted)))));
        counting.carryOut(schedule);
        return List.copyOf(broken);
    }

    /** The plan. Where the server can be asked, what it does not take of the translations is a notice rather than a failure. */
    private Blueprint tried(PlanInput input) {
        Blueprint blueprint = new Planner(input).plan();
        if (options.target().isEmpty()) {
            return blueprint;
        }
        Map<String, String> refused = new HashMap<>();
        while (true) {
            // A table that cannot be made hides what else of it is refused.
            Map<String, String> found = new TranslationTrial(options.target().get(), blueprint).refused();
            if (refused.keySet().containsAll(found.keySet())) {
                return blueprint;
            }
            refused.putAll(found);
            blueprint = new Planner(input.refusing(refused)).plan();
        }
    }

    private List<Orphans> orphans(
            Catalog catalog, List<SqliteTable> tables, Map<String, TableCensus> census, CensusRun counting) {
        List<Orphans> orphans = Collections.synchronizedList(new ArrayList<>());
        OrphanSearch search = new OrphanSearch(catalog, census);
        Schedule<Lanes.Reading> schedule = new Schedule<>();
        for (SqliteTable table : tables) {
            for (OrphanSearch.Suspect suspect : search.suspects(table)) {
                schedule.add(
                        0,
                        List.of(),
                        lane -> search.search(suspect, lane.sqlite(), lane.encoding())
                                .ifPresent(orphans::add));
            }
        }
        counting.carryOut(schedule);
        return List.copyOf(orphans);
    }

    private List<MergedKey> mergedKeys(
            List<SqliteTable> tables, Map<String, TableCensus> census, CensusRun counting, TypeChooser chooser) {
        List<MergedKey> merged = Collections.synchronizedList(new ArrayList<>());
        Schedule<Lanes.Reading> schedule = new Schedule<>();
        for (SqliteTable table : tables) {
            TableCensus counted = Objects.requireNonNull(census.get(table.name()));
            schedule.add(
                    counted.bytes(),
                    List.of(),
                    lane -> merged.addAll(new KeySearch(lane.sqlite(), lane.encoding())
                            .search(
                                    table,
                                    counted,
                                    column -> chooser.choose(
                                            table.column(column).orElseThrow().source(), counted.column(column)))));
        }
        counting.carryOut(schedule);
        return List.copyOf(merged);
    }

    /** The counters that the rules ask for. */
    private record Choosing(TypeChooser chooser) implements CensusRun.Counters {
        @Override
        public ColumnCounter first(SqliteTable table, SourceColumn column) {
            return chooser.counterFor(column);
        }

        @Override
        public Map<String, ColumnCounter> again(SqliteTable table, TableCensus first) {
            Map<String, ColumnCounter> again = new LinkedHashMap<>();
            for (SqliteColumn column : CensusTaker.columns(table)) {
                ColumnCensus census = first.column(column.name());
                ColumnMapping chosen = chooser.choose(column.source(), census);
                chooser.recountFor(chosen, census).ifPresent(counter -> again.put(column.name(), counter));
            }
            return again;
        }
    }
}
