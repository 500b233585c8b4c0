package dev.outgrow.internal.run;

import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.plan.Blueprint;
import dev.outgrow.internal.plan.Statement;
import dev.outgrow.internal.plan.TableBlueprint;
import dev.outgrow.internal.plan.TableBlueprint.ForeignKeyBlueprint;
import dev.outgrow.internal.plan.ViewBlueprint;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.run.Schedule.Task;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowidRange;
import dev.outgrow.report.Phase;
import dev.outgrow.report.TableReport;
import dev.outgrow.typemap.ColumnMapping;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The data and what follows it: rows in ranges, the indexes of a table as soon as its rows are in, foreign keys once both
 * their tables have their keys, then identity values and statistics.
 */
final class Load {
    /** A statement over a table weighs as much as this part of its rows' copying, for the order of the work alone. */
    private static final int INDEX_SHARE = 4;

    private final Prepared prepared;
    private final Staging staging;
    private final Progress progress;
    private final Schedule<Lanes.Loading> schedule = new Schedule<>();
    private final Map<String, Task<Lanes.Loading>> keysReady = new HashMap<>();
    private final Map<String, AtomicLong> nanos = new ConcurrentHashMap<>();
    private final AtomicInteger copiesLeft = new AtomicInteger();

    Load(Prepared prepared, Staging staging, Progress progress) {
        this.prepared = prepared;
        this.staging = staging;
        this.progress = progress;
    }

    void run(int parallelism) throws Exception {
        Blueprint blueprint = prepared.blueprint();
        blueprint.tables().forEach(this::table);
        blueprint.tables().forEach(this::foreignKeys);
        List<Task<Lanes.Loading>> tables = List.copyOf(keysReady.values());
        if (!blueprint.views().isEmpty()) {
            schedule.add(0, tables, this::views);
        }
        progress.begin(copiesLeft.get() > 0 ? Phase.DATA : Phase.POST_DATA);
        schedule.run(parallelism, this::open);
    }

    private Lanes.Loading open() throws SQLException {
        var sqlite = prepared.snapshot().open();
        var postgres = staging.open();
        return new Lanes.Loading(sqlite, postgres, new TableCopier(sqlite, postgres, prepared.encoding()));
    }

    private void table(TableBlueprint table) {
        List<Task<Lanes.Loading>> copies = copies(table);
        List<Task<Lanes.Loading>> keys = new ArrayList<>();
        for (Statement statement : table.postData()) {
            if (!staging.isDone(statement.step())) {
                keys.add(schedule.add(table.bytes() / INDEX_SHARE, copies, lane -> execute(lane, statement)));
            }
        }
        for (TableBlueprint.CheckBlueprint check : table.checks()) {
            if (!staging.isDone(check.add().step())) {
                keys.add(schedule.add(table.bytes() / INDEX_SHARE, copies, lane -> execute(lane, check.add())));
            }
        }
        List<Task<Lanes.Loading>> before = keys.isEmpty() ? copies : keys;
        Statement analyze = new Statement(
                "analyze:" + table.targetName(),
                "ANALYZE " + Identifier.qualified(staging.schema(), table.targetName()));
        keysReady.put(table.source().name(), schedule.add(0, before, lane -> {
            if (table.identity().isPresent()) {
                execute(lane, table.identity().get().restart());
            }
            execute(lane, analyze);
        }));
    }

    private List<Task<Lanes.Loading>> copies(TableBlueprint table) {
        List<String> names =
                copied(table).stream().map(column -> column.column().name()).toList();
        TableCensus census = prepared.census().get(table.source().name());
        List<Task<Lanes.Loading>> copies = new ArrayList<>();
        if (census == null || census.rows() == 0) {
            return copies;
        }
        if (census.ranges().size() < 2) {
            addCopy(copies, table, "rows:" + table.targetName(), RowQuery.all(table.source(), names), table.bytes());
        } else {
            for (RowidRange range : census.ranges()) {
                addCopy(
                        copies,
                        table,
                        "rows:" + table.targetName() + ":" + range.first() + ":" + range.last(),
                        RowQuery.range(table.source(), names, range),
                        table.bytes());
            }
        }
        return copies;
    }

    private void addCopy(
            List<Task<Lanes.Loading>> copies, TableBlueprint table, String step, RowQuery query, long tableBytes) {
        if (staging.isDone(step)) {
            progress.rows(table.source().name(), staging.moved(step).rows(), 0);
            return;
        }
        copiesLeft.incrementAndGet();
        copies.add(schedule.add(tableBytes, List.of(), lane -> copy(lane, table, step, query)));
    }

    /** The columns that are copied: all that PostgreSQL does not compute itself. */
    private static List<ColumnMapping> copied(TableBlueprint table) {
        return table.mapping().columns().stream()
                .filter(column -> !table.computed().contains(column.targetName()))
                .toList();
    }

    private void copy(Lanes.Loading lane, TableBlueprint table, String step, RowQuery query) throws SQLException {
        long start = System.nanoTime();
        try {
            TableCopier.Copied copied = lane.copier()
                    .copy(
                            table.source(),
                            Identifier.qualified(staging.schema(), table.targetName()),
                            copied(table),
                            query,
                            (rows, bytes) -> progress.rows(table.source().name(), rows, bytes));
            staging.record(lane.postgres(), step, copied.rows(), copied.bytes());
            lane.postgres().commit();
        } catch (SQLException e) {
            throw ServerFailure.of(e, "copying table " + table.source().name());
        }
        nanos.computeIfAbsent(table.source().name(), name -> new AtomicLong()).addAndGet(System.nanoTime() - start);
        if (copiesLeft.decrementAndGet() == 0) {
            progress.begin(Phase.POST_DATA);
        }
    }

    private void views(Lanes.Loading lane) throws SQLException {
        for (ViewBlueprint view : prepared.blueprint().views()) {
            execute(lane, view.create());
        }
    }

    private void execute(Lanes.Loading lane, Statement statement) throws SQLException {
        staging.execute(lane.postgres(), statement);
        lane.postgres().commit();
    }

    private void foreignKeys(TableBlueprint table) {
        for (ForeignKeyBlueprint key : table.foreignKeys()) {
            Task<Lanes.Loading> add = schedule.add(
                    table.bytes(),
                    List.of(keysReady.get(table.source().name()), keysReady.get(key.parent())),
                    lane -> execute(lane, key.add()));
            key.validate()
                    .ifPresent(validate -> schedule.add(table.bytes(), List.of(add), lane -> execute(lane, validate)));
        }
    }

    /** What became of the tables, in the order of the plan. */
    List<TableReport> tables() {
        return prepared.blueprint().tables().stream().map(this::report).toList();
    }

    private TableReport report(TableBlueprint table) {
        TableCensus census = prepared.census().get(table.source().name());
        long rows = 0;
        long bytes = 0;
        List<String> steps = new ArrayList<>(List.of("rows:" + table.targetName()));
        if (census != null) {
            census.ranges()
                    .forEach(range ->
                            steps.add("rows:" + table.targetName() + ":" + range.first() + ":" + range.last()));
        }
        for (String step : steps) {
            rows += staging.moved(step).rows();
            bytes += staging.moved(step).bytes();
        }
        return new TableReport(
                table.source().name(),
                table.targetName(),
                rows,
                bytes,
                Duration.ofNanos(nanos.getOrDefault(table.source().name(), new AtomicLong())
                        .get()));
    }
}
