package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.plan.Blueprint;
import dev.outgrow.internal.plan.PlanInput;
import dev.outgrow.internal.plan.Planner;
import dev.outgrow.internal.plan.TableChoice;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.CensusTaker;
import dev.outgrow.internal.sqlite.census.OrphanSearch;
import dev.outgrow.internal.sqlite.census.Orphans;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.RowidRange;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.report.Phase;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Catalog, census and plan: everything between the snapshot and the first write. */
final class Preparation {
    private final MigrationOptions options;
    private final Snapshot snapshot;
    private final boolean citext;
    private final Progress progress;

    /**
     * The preparation of one run.
     *
     * @param citext whether the target can have the extension
     */
    Preparation(MigrationOptions options, Snapshot snapshot, boolean citext, Progress progress) {
        this.options = options;
        this.snapshot = snapshot;
        this.citext = citext;
        this.progress = progress;
    }

    /**
     * Reads, counts and decides.
     *
     * @throws MigrationException where the source cannot be read, or the thread was interrupted
     */
    Prepared prepare() {
        progress.begin(Phase.CATALOG);
        try (Connection connection = snapshot.open()) {
            TextEncoding encoding = TextEncoding.of(connection);
            Catalog catalog = CatalogReader.read(connection);
            List<SqliteTable> tables = new TableChoice(catalog, options.only(), options.except()).chosen();
            TypeChooser chooser = new TypeChooser(options.typeRules(), options.misfitPolicy(), citext);
            progress.begin(Phase.CENSUS);
            Map<String, TableCensus> census = census(tables, encoding, sizes(connection, tables), chooser);
            Map<String, Long> rows = new HashMap<>();
            census.forEach((table, counted) -> rows.put(table, counted.rows()));
            progress.totals(rows);
            progress.begin(Phase.PLAN);
            PlanInput input = new PlanInput(
                    options.source().describe(),
                    snapshot.fingerprint(),
                    options.schema().name(),
                    catalog,
                    census,
                    orphans(catalog, tables, census, encoding),
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

    /** The plan. Where the server can be asked, what it does not take of the translations is a notice rather than a failure. */
    private Blueprint tried(PlanInput input) {
        Blueprint blueprint = new Planner(input).plan();
        Map<String, String> refused = options.target()
                .map(server -> new TranslationTrial(server, blueprint).refused())
                .orElse(Map.of());
        return refused.isEmpty() ? blueprint : new Planner(input.refusing(refused)).plan();
    }

    private Map<String, TableCensus> census(
            List<SqliteTable> tables, TextEncoding encoding, Map<String, Long> sizes, TypeChooser chooser) {
        Map<String, TableCensus> census = new ConcurrentHashMap<>();
        Schedule<Lanes.Reading> schedule = new Schedule<>();
        for (SqliteTable table : tables) {
            schedule.add(
                    sizes.getOrDefault(table.name(), 0L),
                    List.of(),
                    lane -> census.put(table.name(), count(lane, table, chooser)));
        }
        count(schedule, encoding);
        return census;
    }

    /** Rules that decide by what they see of a column want its values tried on what they decided: a second pass over it. */
    private TableCensus count(Lanes.Reading lane, SqliteTable table, TypeChooser chooser) {
        CensusTaker taker = new CensusTaker(lane.sqlite(), lane.encoding(), progress::rows);
        TableCensus census = taker.count(table, chooser::counterFor);
        Map<String, ColumnCounter> again = new LinkedHashMap<>();
        for (SqliteColumn column : CensusTaker.columns(table)) {
            ColumnCensus first = census.column(column.name());
            ColumnMapping chosen;
            synchronized (chooser) {
                chosen = chooser.choose(column.source(), first);
            }
            chooser.recountFor(chosen, first).ifPresent(counter -> again.put(column.name(), counter));
        }
        return again.isEmpty() ? census : taker.recount(table, census, again);
    }

    private void count(Schedule<Lanes.Reading> schedule, TextEncoding encoding) {
        try {
            schedule.run(options.parallelism(), () -> new Lanes.Reading(snapshot.open(), encoding));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException(
                    Reason.INTERRUPTED, "Interrupted while counting values.", "call again: nothing was written.", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Orphans> orphans(
            Catalog catalog, List<SqliteTable> tables, Map<String, TableCensus> census, TextEncoding encoding) {
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
        count(schedule, encoding);
        return List.copyOf(orphans);
    }

    /** A guess at the number of rows, for the order of the work alone. */
    private static Map<String, Long> sizes(Connection connection, List<SqliteTable> tables) throws SQLException {
        Map<String, Long> sizes = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            for (SqliteTable table : tables) {
                if (RowidRange.rowidName(table).isPresent()) {
                    String rowid = RowidRange.rowidName(table).get();
                    try (ResultSet rows = statement.executeQuery("SELECT coalesce(max(t." + rowid + "), 0) FROM "
                            + SqliteName.quote(table.name()) + " AS t")) {
                        rows.next();
                        sizes.put(table.name(), rows.getLong(1));
                    }
                }
            }
        }
        return sizes;
    }
}
