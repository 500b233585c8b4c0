package dev.outgrow.internal.created;

import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.journal.Journal;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.internal.work.Schedule;
import dev.outgrow.internal.work.Schedule.Task;
import dev.outgrow.internal.work.TableLock;
import dev.outgrow.internal.work.WorkerConnections;
import dev.outgrow.report.Phase;
import dev.outgrow.report.TableReport;
import dev.outgrow.report.WorkSpan;
import dev.outgrow.typemap.ColumnMapping;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** The copies of a load: rows in parts, and what each connection copied when. Its tasks run on several threads. */
final class RowCopies {
    private final PlannedCreation planned;
    private final Staging staging;
    private final Progress progress;
    private final Schedule<WorkerConnections.Loading> schedule;
    private final Map<String, AtomicLong> nanos = new ConcurrentHashMap<>();
    private final Map<String, Long> doneBefore = new HashMap<>();
    private final Map<WorkerConnections.Loading, Integer> lanes = new ConcurrentHashMap<>();
    private final Queue<Copy> done = new ConcurrentLinkedQueue<>();
    private final AtomicInteger copiesLeft = new AtomicInteger();
    private Set<String> frozen = Set.of();

    /** Rows of a table that are copied by one COPY. */
    private record Part(String step, RowQuery query, long bytes) {}

    /** A finished copy. */
    private record Copy(int lane, String table, long startNanos, long nanos) {}

    RowCopies(
            PlannedCreation planned, Staging staging, Progress progress, Schedule<WorkerConnections.Loading> schedule) {
        this.planned = planned;
        this.staging = staging;
        this.progress = progress;
        this.schedule = schedule;
    }

    /**
     * Decides which tables are copied as a whole; to be called before the first is added.
     *
     * @param small tables for which that is not worth a file of their own
     * @param parallelism how many connections copy
     */
    void freeze(Predicate<TableBlueprint> small, int parallelism) {
        frozen = FrozenTables.of(
                planned.blueprint(),
                planned.census(),
                TableBlueprint::copied,
                table -> small.test(table) || isBegun(table),
                parallelism);
    }

    /** Whether the rows of a table of the source arrive frozen. */
    boolean isFrozen(String table) {
        return frozen.contains(table);
    }

    /** Tells the progress where it begins. */
    void begin() {
        progress.begin(copiesLeft.get() > 0 ? Phase.DATA : Phase.POST_DATA);
        doneBefore.forEach(progress::doneBefore);
    }

    /** Gives a connection its number. */
    void number(WorkerConnections.Loading lane) {
        synchronized (lanes) {
            lanes.put(lane, lanes.size() + 1);
        }
    }

    /** Adds the tasks that copy a table, and returns them. */
    List<Task<WorkerConnections.Loading>> add(TableBlueprint table) {
        TableCensus census = planned.census().get(table.source().name());
        List<Task<WorkerConnections.Loading>> copies = new ArrayList<>();
        if (census == null || census.rows() == 0) {
            return copies;
        }
        List<Part> parts = parts(table, census);
        if (isFrozen(table.source().name())) {
            addCopy(copies, table, parts);
        } else {
            for (Part part : parts) {
                addCopy(copies, table, List.of(part));
            }
        }
        return copies;
    }

    private static List<Part> parts(TableBlueprint table, TableCensus census) {
        List<String> names = new ArrayList<>();
        for (ColumnMapping column : table.copied()) {
            names.add(column.column().name());
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < census.parts().size(); i++) {
            TableCensus.Part part = census.parts().get(i);
            RowQuery query = RowQuery.range(table.source(), names, part.range());
            parts.add(new Part(table.rowsStep(i), query, part.bytes()));
        }
        return parts;
    }

    /**
     * Adds the task that copies a table as a whole and does what follows its rows, in one transaction; if that is refused, the rows are
     * copied once more, and each statement has a transaction of its own, so that the failure says which it was.
     *
     * @param after what follows the rows
     * @return empty if the table has no rows or several parts, or was begun before
     */
    Optional<Task<WorkerConnections.Loading>> addWhole(
            TableBlueprint table, Map<String, TableLock> locks, long cost, List<Statement> after) {
        TableCensus census = planned.census().get(table.source().name());
        if (census == null || census.rows() == 0 || census.parts().size() != 1 || isBegun(table)) {
            return Optional.empty();
        }
        Part rows = parts(table, census).get(0);
        copiesLeft.incrementAndGet();
        return Optional.of(
                schedule.add(rows.bytes() + cost, List.of(), locks, lane -> copyWhole(lane, table, rows, after)));
    }

    private void copyWhole(WorkerConnections.Loading lane, TableBlueprint table, Part rows, List<Statement> after)
            throws SQLException {
        long start = System.nanoTime();
        TableCopier.Copied copied = copy(lane.copier(), table, rows.query());
        long took = System.nanoTime() - start;
        Map<String, Journal.Step> moved = Map.of(rows.step(), new Journal.Step(copied.rows(), copied.bytes()));
        if (staging.complete(lane.postgres(), moved, after)) {
            copied(lane, table, start, took);
        } else {
            // These are rolled back.
            progress.rows(table.source().name(), -copied.rows(), -copied.bytes());
            copy(lane, table, List.of(rows));
            staging.executeAll(lane.postgres(), after);
        }
    }

    /** Whether a part of a table was copied before. */
    private boolean isBegun(TableBlueprint table) {
        TableCensus census = planned.census().get(table.source().name());
        for (int i = 0; census != null && i < census.parts().size(); i++) {
            if (staging.isDone(table.rowsStep(i))) {
                return true;
            }
        }
        return false;
    }

    /** Adds one task for parts that are copied in one transaction, if they were not copied before. */
    private void addCopy(List<Task<WorkerConnections.Loading>> copies, TableBlueprint table, List<Part> parts) {
        List<Part> left = new ArrayList<>();
        long bytes = 0;
        for (Part part : parts) {
            if (staging.isDone(part.step())) {
                doneBefore.merge(
                        table.source().name(), staging.moved(part.step()).rows(), Long::sum);
            } else {
                left.add(part);
                bytes += part.bytes();
            }
        }
        if (!left.isEmpty()) {
            copiesLeft.incrementAndGet();
            copies.add(schedule.add(bytes, List.of(), lane -> copy(lane, table, left)));
        }
    }

    private void copy(WorkerConnections.Loading lane, TableBlueprint table, List<Part> parts) throws SQLException {
        long start = System.nanoTime();
        try {
            if (isFrozen(table.source().name())) {
                try (var statement = lane.postgres().createStatement()) {
                    statement.execute("TRUNCATE ONLY " + qualified(table));
                }
            }
            for (Part part : parts) {
                TableCopier.Copied copied = copy(lane.copier(), table, part.query());
                staging.record(lane.postgres(), part.step(), copied.rows(), copied.bytes());
            }
            lane.postgres().commit();
        } catch (SQLException e) {
            throw ServerFailure.of(e, "copying table " + table.source().name());
        }
        copied(lane, table, start, System.nanoTime() - start);
    }

    private void copied(WorkerConnections.Loading lane, TableBlueprint table, long start, long took) {
        nanos.computeIfAbsent(table.source().name(), name -> new AtomicLong()).addAndGet(took);
        done.add(new Copy(lanes.getOrDefault(lane, 0), table.source().name(), start, took));
        if (copiesLeft.decrementAndGet() == 0) {
            progress.begin(Phase.POST_DATA);
        }
    }

    private TableCopier.Copied copy(TableCopier copier, TableBlueprint table, RowQuery query) {
        TableCopier.Listener listener =
                (rows, bytes) -> progress.rows(table.source().name(), rows, bytes);
        return isFrozen(table.source().name())
                ? copier.copyFrozen(table.source(), qualified(table), table.copied(), query, listener)
                : copier.copy(table.source(), qualified(table), table.copied(), query, listener);
    }

    /** A table's name in the staging schema, as SQL writes it. */
    String qualified(TableBlueprint table) {
        return Identifier.qualified(staging.schema(), table.targetName());
    }

    /**
     * What each connection copied and when.
     *
     * @param begun when the run began, as {@link System#nanoTime()} counts
     */
    List<WorkSpan> work(long begun) {
        List<Copy> inOrder = new ArrayList<>(done);
        inOrder.sort((one, other) -> Long.compare(one.startNanos(), other.startNanos()));
        List<WorkSpan> spans = new ArrayList<>();
        for (Copy copy : inOrder) {
            spans.add(new WorkSpan(
                    copy.lane(),
                    copy.table(),
                    Duration.ofNanos(copy.startNanos() - begun).toMillis(),
                    Duration.ofNanos(copy.nanos()).toMillis()));
        }
        return spans;
    }

    /** What became of the tables, in the order of the plan. */
    List<TableReport> tables() {
        List<TableReport> reports = new ArrayList<>();
        for (TableBlueprint table : planned.blueprint().tables()) {
            reports.add(report(table));
        }
        return reports;
    }

    private TableReport report(TableBlueprint table) {
        TableCensus census = planned.census().get(table.source().name());
        long rows = 0;
        long bytes = 0;
        int parts = census == null ? 0 : census.parts().size();
        for (int i = 0; i < parts; i++) {
            rows += staging.moved(table.rowsStep(i)).rows();
            bytes += staging.moved(table.rowsStep(i)).bytes();
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
