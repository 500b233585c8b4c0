package dev.outgrow.internal.created;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.search.ArrivingRows.Arrival;
import dev.outgrow.internal.sqlite.search.BrokenRowSearch;
import dev.outgrow.internal.sqlite.search.BrokenRows;
import dev.outgrow.internal.sqlite.search.KeySearch;
import dev.outgrow.internal.sqlite.search.MergedKey;
import dev.outgrow.internal.sqlite.search.OrphanSearch;
import dev.outgrow.internal.sqlite.search.Orphans;
import dev.outgrow.internal.sqlite.search.RecomputedSearch;
import dev.outgrow.internal.work.CensusRun;
import dev.outgrow.internal.work.Schedule;
import dev.outgrow.internal.work.WorkerConnections;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Looks for rows that would be in the way once they are copied: orphans of foreign keys, rows that break constraints of
 * their own table, keys that differ in SQLite and are equal in PostgreSQL. Skips what the census has cleared.
 */
public final class RowSearches {
    private final Catalog catalog;
    private final List<SqliteTable> tables;
    private final Map<String, TableCensus> census;
    private final TypeChooser chooser;
    private final List<Orphans> orphans = Collections.synchronizedList(new ArrayList<>());
    private final List<BrokenRows> brokenRows = Collections.synchronizedList(new ArrayList<>());
    private final List<String> recomputed = Collections.synchronizedList(new ArrayList<>());
    private final List<MergedKey> mergedKeys = Collections.synchronizedList(new ArrayList<>());

    /**
     * Searches in some tables.
     *
     * @param census of each of the tables, by name
     * @param chooser says what the columns become
     */
    RowSearches(Catalog catalog, List<SqliteTable> tables, Map<String, TableCensus> census, TypeChooser chooser) {
        this.catalog = catalog;
        this.tables = tables;
        this.census = census;
        this.chooser = chooser;
    }

    /**
     * Carries them out, several at once.
     *
     * @throws MigrationException if the source cannot be read, or the thread was interrupted
     */
    RowSearches with(CensusRun reading) {
        Schedule<WorkerConnections.Reading> schedule = new Schedule<>();
        OrphanSearch search = new OrphanSearch(catalog, census);
        for (SqliteTable table : tables) {
            TableCensus counted = Objects.requireNonNull(census.get(table.name()));
            for (OrphanSearch.Suspect suspect : search.suspects(table)) {
                schedule.add(counted.rows(), List.of(), lane -> {
                    RowSource source = lane.source();
                    search.search(suspect, this::mapping, source.connection(), source.encoding())
                            .ifPresent(orphans::add);
                });
            }
            schedule.add(counted.rows(), List.of(), lane -> search(lane.source(), table, counted));
        }
        reading.carryOut(schedule);
        return this;
    }

    private void search(RowSource source, SqliteTable table, TableCensus counted) throws Exception {
        Arrival arrival = new Arrival(table, counted, column -> mapping(table, column));
        brokenRows.addAll(new BrokenRowSearch(source.connection(), source.encoding()).search(arrival));
        for (String column : new RecomputedSearch(source.connection(), source.encoding()).search(arrival)) {
            recomputed.add(NoticeKind.GENERATED.id(table.name(), column));
        }
        mergedKeys.addAll(new KeySearch(source.connection(), source.encoding())
                .search(table, counted, column -> chosen(table, column)));
    }

    private TypeMapping mapping(SqliteTable table, String column) {
        return chosen(table, column).mapping();
    }

    private ColumnMapping chosen(SqliteTable table, String name) {
        SqliteColumn column = table.column(name).orElseThrow();
        TableCensus counted = Objects.requireNonNull(census.get(table.name()));
        return chooser.choose(column.source(), counted.column(column.name()));
    }

    List<Orphans> orphans() {
        return List.copyOf(orphans);
    }

    List<BrokenRows> brokenRows() {
        return List.copyOf(brokenRows);
    }

    /** The ids of generated columns that would be computed from values that change on their way. */
    List<String> recomputed() {
        return List.copyOf(recomputed);
    }

    List<MergedKey> mergedKeys() {
        return List.copyOf(mergedKeys);
    }
}
