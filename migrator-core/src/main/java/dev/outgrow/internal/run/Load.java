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
import dev.outgrow.report.Phase;
import dev.outgrow.report.TableReport;
import dev.outgrow.typemap.ColumnMapping;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The data and what follows it: rows in ranges, the indexes of a table as soon as its rows are in, foreign keys once both
 * their tables have their keys, then identity values and statistics.
 */
final class Load {
    /** What an index costs for each row, and what it costs to look up the parent of one, next to copying a byte. */
    private static final int INDEX_BYTES = 10;

    private static final int LOOKUP_BYTES = 14;

    private final Prepared prepared;
    private final Staging staging;
    private final Progress progress;
    private final Schedule<Lanes.Loading> schedule = new Schedule<>();
    private final Map<String, Task<Lanes.Loading>> keysReady = new HashMap<>();
    private final Map<String, AtomicLong> nanos = new ConcurrentHashMap<>();
    private final Map<String, Long> doneBefore = new HashMap<>();
    private final ReentrantLock foreignKeyLock = new ReentrantLock();
    private final AtomicInteger copiesLeft = new AtomicInteger();

    Load(Prepared prepared, Staging staging, Progress progress) {
        this.prepared = prepared;
        this.staging = staging;
        this.progress = progress;
    }

    void run(int parallelism) throws Exception {
        Blueprint blueprint = prepared.blueprint();
        blueprint.tables().forEach(this::table);
        addForeignKeys(blueprint.tables());
        List<Task<Lanes.Loading>> tables = List.copyOf(keysReady.values());
        if (!blueprint.views().isEmpty()) {
            schedule.add(0, tables, this::views);
        }
        progress.begin(copiesLeft.get() > 0 ? Phase.DATA : Phase.POST_DATA);
        doneBefore.forEach(progress::doneBefore);
        schedule.run(parallelism, this::open);
    }

    private Lanes.Loading open() throws SQLException {
        var sqlite = prepared.snapshot().open();
        var postgres = staging.open();
        return new Lanes.Loading(sqlite, postgres, new TableCopier(sqlite, postgres, prepared.encoding()));
    }

    private void table(TableBlueprint table) {
        List<Task<Lanes.Loading>> copies = copies(table);
        List<Task<Lanes.Loading>> indexes = new ArrayList<>();
        for (Statement statement : table.indexes()) {
            if (!staging.isDone(statement.step())) {
                indexes.add(schedule.add(table.rows() * INDEX_BYTES, copies, lane -> execute(lane, statement)));
            }
        }
        List<Statement> rest = new ArrayList<>(table.keys());
        table.checks().forEach(check -> rest.add(check.add()));
        table.identity().ifPresent(identity -> rest.add(identity.restart()));
        rest.add(new Statement(
                "analyze:" + table.targetName(),
                "ANALYZE " + Identifier.qualified(staging.schema(), table.targetName())));
        keysReady.put(
                table.source().name(),
                schedule.add(table.rows() * table.checks().size(), indexes.isEmpty() ? copies : indexes, lane -> {
                    for (Statement statement : rest) {
                        execute(lane, statement);
                    }
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
        for (int i = 0; i < census.parts().size(); i++) {
            TableCensus.Part part = census.parts().get(i);
            RowQuery query = RowQuery.range(table.source(), names, part.range());
            addCopy(copies, table, step(table, i), query, part.bytes());
        }
        return copies;
    }

    /** The parts of a table are the same for every attempt, so that their numbers name them. */
    private static String step(TableBlueprint table, int part) {
        return "rows:" + table.targetName() + ":" + part;
    }

    private void addCopy(
            List<Task<Lanes.Loading>> copies, TableBlueprint table, String step, RowQuery query, long bytes) {
        if (staging.isDone(step)) {
            doneBefore.merge(table.source().name(), staging.moved(step).rows(), Long::sum);
            return;
        }
        copiesLeft.incrementAndGet();
        copies.add(schedule.add(bytes, List.of(), lane -> copy(lane, table, step, query)));
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

    /**
     * Adding a foreign key locks out whoever validates another one of either table, and two cannot be validated in one table
     * at once: so those of a table are validated one after the other, once all that touch it are there.
     */
    private void addForeignKeys(List<TableBlueprint> tables) {
        Map<String, List<Task<Lanes.Loading>>> touching = new HashMap<>();
        for (TableBlueprint table : tables) {
            for (ForeignKeyBlueprint key : table.foreignKeys()) {
                String child = table.source().name();
                Task<Lanes.Loading> add = schedule.add(
                        0, List.of(keyReady(child), keyReady(key.parent())), lane -> addForeignKey(lane, key.add()));
                touching.computeIfAbsent(child, name -> new ArrayList<>()).add(add);
                touching.computeIfAbsent(key.parent(), name -> new ArrayList<>())
                        .add(add);
            }
        }
        for (TableBlueprint table : tables) {
            List<Task<Lanes.Loading>> before =
                    touching.getOrDefault(table.source().name(), List.of());
            for (ForeignKeyBlueprint key : table.foreignKeys()) {
                if (key.validate().isPresent()) {
                    Statement validate = key.validate().get();
                    before =
                            List.of(schedule.add(table.rows() * LOOKUP_BYTES, before, lane -> execute(lane, validate)));
                }
            }
        }
    }

    /** One at a time: each locks both its tables, and tables that point to one another would be a deadlock. */
    private void addForeignKey(Lanes.Loading lane, Statement add) throws SQLException, InterruptedException {
        foreignKeyLock.lockInterruptibly();
        try {
            execute(lane, add);
        } finally {
            foreignKeyLock.unlock();
        }
    }

    private Task<Lanes.Loading> keyReady(String table) {
        return Objects.requireNonNull(keysReady.get(table));
    }

    /** What became of the tables, in the order of the plan. */
    List<TableReport> tables() {
        return prepared.blueprint().tables().stream().map(this::report).toList();
    }

    private TableReport report(TableBlueprint table) {
        TableCensus census = prepared.census().get(table.source().name());
        long rows = 0;
        long bytes = 0;
        int parts = census == null ? 0 : census.parts().size();
        for (int i = 0; i < parts; i++) {
            rows += staging.moved(step(table, i)).rows();
            bytes += staging.moved(step(table, i)).bytes();
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
