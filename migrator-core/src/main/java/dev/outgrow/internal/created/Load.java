package dev.outgrow.internal.created;

import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.blueprint.TableBlueprint.ForeignKeyBlueprint;
import dev.outgrow.internal.blueprint.ViewBlueprint;
import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.postgres.BulkSettings;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.internal.work.Schedule;
import dev.outgrow.internal.work.Schedule.Task;
import dev.outgrow.internal.work.Statistics;
import dev.outgrow.internal.work.TableLock;
import dev.outgrow.internal.work.WorkerConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The data and what follows it: rows in ranges, the indexes of a table as soon as its rows are in, a foreign key once
 * both of its tables have their rows and keys, then identity values and statistics.
 *
 * <p>Measured with four million rows on two cores, and left out because the load was no faster: pieces of 16 or of
 * 256 KiB, more connections than processors (also for 2,000 small tables), more memory to sort keys that are in order
 * already, and a check of the source's pages that begins with the load. Kept, because it was faster:
 * {@code maintenance_work_mem} and how indexes are sorted, {@linkplain FrozenTables frozen rows}, the way in which
 * foreign keys are validated ({@link BulkSettings}), and reading rows from their pages, since SQLite takes seven times
 * as long, with or without {@code mmap_size}.
 */
public final class Load {
    /** The cost of an index for each row, and of looking up a row's parent, relative to copying a byte. */
    private static final int INDEX_BYTES = 10;

    private static final int LOOKUP_BYTES = 14;

    /** The cost of ANALYZE, which samples a table, in the same terms. */
    private static final long SAMPLE_BYTES = 5_000_000;

    /**
     * What follows the rows of a table that is not larger goes to the server in one request, in the transaction that copies them: there
     * are many of them in most databases, and each request and each commit costs more than its work.
     */
    private static final long SMALL_BYTES = 1 << 20;

    private final PlannedCreation planned;
    private final Staging staging;
    private final Schedule<WorkerConnections.Loading> schedule = new Schedule<>();
    private final Map<String, Task<WorkerConnections.Loading>> keysReady = new HashMap<>();
    private final Map<String, List<Task<WorkerConnections.Loading>>> rowsReady = new HashMap<>();
    private final List<Task<WorkerConnections.Loading>> tablesReady = new ArrayList<>();
    private final Map<String, List<Task<WorkerConnections.Loading>>> indexesReady = new HashMap<>();
    private final RowCopies copies;

    /** Whether as many sessions work as this machine has processors. */
    private boolean crowded;

    Load(PlannedCreation planned, Staging staging, Progress progress) {
        this.planned = planned;
        this.staging = staging;
        this.copies = new RowCopies(planned, staging, progress, schedule);
    }

    void run(int parallelism) throws Exception {
        Blueprint blueprint = planned.blueprint();
        copies.freeze(this::isSmall, parallelism);
        crowded = blueprint.placements().isEmpty() && Runtime.getRuntime().availableProcessors() <= parallelism;
        blueprint.tables().forEach(this::table);
        blueprint.tables().forEach(this::addForeignKeys);
        if (!blueprint.views().isEmpty()) {
            schedule.add(0, tablesReady, this::views);
        }
        copies.begin();
        // In a cluster, altering a table locks the tables that lie beside it and those that point to it, on every
        // server.
        schedule.run(blueprint.placements().isEmpty() ? parallelism : 1, this::open);
    }

    private WorkerConnections.Loading open() {
        RowSource source = planned.snapshot().open(planned.encoding());
        try {
            Connection postgres = staging.open();
            WorkerConnections.Loading lane =
                    new WorkerConnections.Loading(source, postgres, new TableCopier(source, postgres));
            copies.number(lane);
            return lane;
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private void table(TableBlueprint table) {
        if (isSmall(table)) {
            small(table);
        } else {
            large(table, copies.add(table));
        }
    }

    /** In a cluster none is: there a transaction cannot alter tables in any order. */
    private boolean isSmall(TableBlueprint table) {
        TableCensus census = planned.census().get(table.source().name());
        return planned.blueprint().placements().isEmpty()
                && (census == null || (census.parts().size() <= 1 && census.bytes() <= SMALL_BYTES));
    }

    private void small(TableBlueprint table) {
        List<Statement> statements = new ArrayList<>(table.uniqueIndexes());
        statements.addAll(table.keys());
        statements.addAll(table.indexes());
        statements.addAll(rest(table));
        statements.add(analyze(table));
        String name = table.source().name();
        Map<String, TableLock> locks = Map.of(name, TableLock.ACCESS_EXCLUSIVE);
        long cost = table.rows() * INDEX_BYTES;
        Task<WorkerConnections.Loading> made = copies.addWhole(table, locks, cost, statements)
                .orElseGet(() -> schedule.add(
                        cost, copies.add(table), locks, lane -> staging.executeAll(lane.postgres(), statements)));
        keysReady.put(name, made);
        tablesReady.add(made);
    }

    private void large(TableBlueprint table, List<Task<WorkerConnections.Loading>> copies) {
        String name = table.source().name();
        rowsReady.put(name, copies);
        List<Task<WorkerConnections.Loading>> unique = indexes(table, table.uniqueIndexes(), copies);
        Task<WorkerConnections.Loading> keys = schedule.add(
                0,
                unique.isEmpty() ? copies : unique,
                Map.of(name, TableLock.ACCESS_EXCLUSIVE),
                lane -> execute(lane, table.keys()));
        keysReady.put(name, keys);
        List<Task<WorkerConnections.Loading>> made = new ArrayList<>(indexes(table, table.indexes(), copies));
        made.add(keys);
        indexesReady.put(name, List.copyOf(made));
        List<Statement> rest = rest(table);
        if (!rest.isEmpty()) {
            made.add(schedule.add(
                    table.rows() * table.checks().size(),
                    List.copyOf(made),
                    Map.of(name, TableLock.ACCESS_EXCLUSIVE),
                    lane -> execute(lane, rest)));
        }
        Statement analyze = analyze(table);
        tablesReady.add(schedule.add(
                Math.min(table.rows() * INDEX_BYTES, SAMPLE_BYTES),
                made,
                Map.of(name, TableLock.SHARE_UPDATE_EXCLUSIVE),
                lane -> execute(lane, analyze)));
    }

    private static List<Statement> rest(TableBlueprint table) {
        List<Statement> rest = new ArrayList<>();
        table.checks().forEach(check -> rest.add(check.add()));
        table.identity().ifPresent(identity -> rest.add(identity.restart()));
        return rest;
    }

    private Statement analyze(TableBlueprint table) {
        return new Statement(
                table.analyzeStep(),
                Statistics.sql(
                        table.source(), copies.qualified(table), table.mapping().columns()));
    }

    private List<Task<WorkerConnections.Loading>> indexes(
            TableBlueprint table, List<Statement> statements, List<Task<WorkerConnections.Loading>> copies) {
        return statements.stream()
                .filter(statement -> !staging.isDone(statement.step()))
                .map(statement -> schedule.add(
                        table.rows() * INDEX_BYTES,
                        copies,
                        Map.of(table.source().name(), TableLock.SHARE),
                        lane -> index(lane, table, statement)))
                .toList();
    }

    private void index(WorkerConnections.Loading lane, TableBlueprint table, Statement statement) throws SQLException {
        if (crowded && schedule.hasMoreThanOne()) {
            TableCensus census = planned.census().get(table.source().name());
            BulkSettings.sortWithLittleWork(lane.postgres(), table.rows(), census == null ? 0 : census.bytes());
        }
        execute(lane, statement);
    }

    private void views(WorkerConnections.Loading lane) throws SQLException {
        List<Statement> views = new ArrayList<>();
        for (ViewBlueprint view : planned.blueprint().views()) {
            views.add(view.create());
        }
        staging.executeAll(lane.postgres(), views);
    }

    private void execute(WorkerConnections.Loading lane, List<Statement> statements) throws SQLException {
        for (Statement statement : statements) {
            execute(lane, statement);
        }
    }

    private void execute(WorkerConnections.Loading lane, Statement statement) throws SQLException {
        staging.execute(lane.postgres(), statement);
        lane.postgres().commit();
    }

    private void addForeignKeys(TableBlueprint table) {
        if (table.foreignKeys().isEmpty()) {
            return;
        }
        if (isSmall(table)) {
            addToSmall(table);
        } else {
            addToLarge(table);
        }
    }

    /** They are validated while their locks are held: that takes no time. */
    private void addToSmall(TableBlueprint table) {
        List<Statement> statements = new ArrayList<>();
        Map<String, TableLock> locks = new HashMap<>();
        Set<Task<WorkerConnections.Loading>> before = new LinkedHashSet<>();
        for (ForeignKeyBlueprint key : table.foreignKeys()) {
            statements.add(key.add());
            locks.put(key.parent(), TableLock.SHARE_ROW_EXCLUSIVE);
            before.add(keyReady(key.parent()));
        }
        for (ForeignKeyBlueprint key : table.foreignKeys()) {
            key.validate().ifPresent(statements::add);
        }
        String child = table.source().name();
        locks.put(child, TableLock.SHARE_ROW_EXCLUSIVE);
        before.add(keyReady(child));
        schedule.add(
                table.rows() * LOOKUP_BYTES,
                List.copyOf(before),
                locks,
                lane -> staging.executeAll(lane.postgres(), statements));
    }

    /**
     * They are added as soon as the parent has its key: later, indexes of both tables would be built nearly always. The
     * foreign keys of a table are validated one after another: two at once would wait for each other's lock.
     */
    private void addToLarge(TableBlueprint table) {
        String child = table.source().name();
        List<Task<WorkerConnections.Loading>> added = new ArrayList<>();
        for (ForeignKeyBlueprint key : table.foreignKeys()) {
            List<Task<WorkerConnections.Loading>> first = new ArrayList<>(Objects.requireNonNull(rowsReady.get(child)));
            first.add(keyReady(key.parent()));
            added.add(schedule.add(
                    0,
                    first,
                    locks(key.parent(), TableLock.SHARE_ROW_EXCLUSIVE, child, TableLock.SHARE_ROW_EXCLUSIVE),
                    lane -> execute(lane, key.add())));
        }
        added.add(keyReady(child));
        List<Task<WorkerConnections.Loading>> before = added;
        for (ForeignKeyBlueprint key : table.foreignKeys()) {
            if (key.validate().isPresent()) {
                Statement validate = key.validate().get();
                boolean indexed = copies.isFrozen(child) && copies.isFrozen(key.parent());
                List<Task<WorkerConnections.Loading>> after = new ArrayList<>(before);
                if (indexed) {
                    after.addAll(Objects.requireNonNull(indexesReady.get(child)));
                }
                before = List.of(schedule.add(
                        table.rows() * LOOKUP_BYTES,
                        after,
                        locks(key.parent(), TableLock.ROW_SHARE, child, TableLock.SHARE_UPDATE_EXCLUSIVE),
                        lane -> validate(lane, key, indexed, validate)));
            }
        }
    }

    /**
     * Validates a foreign key.
     *
     * @param indexed whether the keys of both tables stand in indexes that need no look at the rows
     */
    private void validate(WorkerConnections.Loading lane, ForeignKeyBlueprint key, boolean indexed, Statement validate)
            throws SQLException {
        if (key.integer() && indexed) {
            BulkSettings.joinByIndex(lane.postgres());
        } else if (key.integer()) {
            BulkSettings.joinByOrder(lane.postgres());
        }
        execute(lane, validate);
    }

    /** A table that is its own parent counts as the child. */
    private static Map<String, TableLock> locks(String parent, TableLock ofParent, String child, TableLock ofChild) {
        Map<String, TableLock> locks = new HashMap<>();
        locks.put(parent, ofParent);
        locks.put(child, ofChild);
        return locks;
    }

    private Task<WorkerConnections.Loading> keyReady(String table) {
        return Objects.requireNonNull(keysReady.get(table));
    }

    /** What was copied. */
    RowCopies copies() {
        return copies;
    }
}
