package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.joining;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.copy.ReadAhead;
import dev.outgrow.internal.copy.TableCopier.Copied;
import dev.outgrow.internal.journal.Journal;
import dev.outgrow.internal.journal.NewRun;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.postgres.CitusTransaction;
import dev.outgrow.internal.postgres.DistributedSequences;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.Preflight;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.TableStates;
import dev.outgrow.internal.postgres.existing.MaterializedViews;
import dev.outgrow.internal.postgres.existing.ObedientSequences;
import dev.outgrow.internal.postgres.existing.SearchPath;
import dev.outgrow.internal.postgres.existing.SetAside;
import dev.outgrow.internal.postgres.existing.SoughtColumns;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.reshape.AsideRows;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.Aim;
import dev.outgrow.internal.work.Attempt;
import dev.outgrow.internal.work.ComparisonTerms;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.internal.work.SetAsideTable;
import dev.outgrow.internal.work.Statistics;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import dev.outgrow.report.TableReport;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.DatabaseAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The load of an existing schema: one connection, and one transaction from the first row to the recorded success.
 * Whatever fails, and whenever, the server takes all of it back.
 */
public final class ExistingRun {
    /**
     * From this many rows on, the indexes of a table are rebuilt after the load instead of being updated with each row.
     */
    private static final long LARGE_ROWS = 20_000;

    private final Attempt attempt;
    private final MigrationOptions options;
    private final Snapshot snapshot;
    private final Optional<AsideRows> orphans;
    private final PlannedFilling planned;
    private final Progress progress;
    private final String schema;
    private final DistributedSequences distributed;

    public ExistingRun(Attempt attempt, ReshapedSource source, PlannedFilling planned) {
        this.attempt = attempt;
        this.options = attempt.options();
        this.snapshot = source.snapshot();
        this.orphans = source.aside();
        this.planned = planned;
        this.progress = attempt.progress();
        this.schema = attempt.schema();
        this.distributed = new DistributedSequences();
    }

    /**
     * Carries out the plan.
     *
     * @param connection the session that holds the lock: if it is lost, so is everything that was done
     * @throws MigrationException if it did not work; the target is then as it was
     */
    public MigrationReport carryOut(Connection connection) {
        try {
            new Preflight(connection, schema)
                    .enoughLocks(new SetAside(connection, schema).locks(names(planned.plan())));
            connection.setAutoCommit(false);
            try {
                MigrationReport report = load(connection);
                attempt.demandStill(snapshot);
                attempt.conclude(connection);
                if (attempt.aim() != Aim.REHEARSAL_TAKEN_BACK) {
                    distributed.keep();
                }
                return report;
            } finally {
                takeBack(connection);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException(
                    Reason.INTERRUPTED, "Interrupted. The target is as it was.", "call run() again.", e);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "carrying out the plan");
        }
    }

    /** After a commit there is nothing to take back; if the connection is gone, the server does it. */
    private void takeBack(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
            distributed.takeBack(connection);
        } catch (SQLException e) {
            System.getLogger(ExistingRun.class.getName())
                    .log(System.Logger.Level.DEBUG, "The connection is gone; the server rolls its transaction back.");
        }
    }

    /** Loads, and returns the report that it has recorded. */
    private MigrationReport load(Connection connection) throws SQLException, InterruptedException {
        progress.begin(Phase.PRE_DATA);
        ExistingPlan plan = planned.plan();
        // The journal is made before the load: a statement after the comparison could make the app's event triggers
        // change rows.
        attempt.writing(connection);
        CitusTransaction.ready(connection);
        boolean citus = CitusTransaction.isCitus(connection);
        if (attempt.aim() == Aim.REHEARSAL_TAKEN_BACK) {
            Journal.numbersObey(connection);
        }
        RecordedRun run = Journal.begin(connection, recorded(plan));
        if (orphans.isPresent()) {
            SetAsideTable.make(connection, orphans.get());
            SetAsideTable.fill(connection, schema, orphans.get());
        }
        SetAside aside = new SetAside(connection, schema);
        SearchPath path = SearchPath.ofNothing(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '60s'");
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
            make(statement, path);
            lock(statement, plan);
            ObedientSequences.of(connection, schema, distributed);
            aside.take(names(plan), large(plan), planned.fired());
            if (planned.fired().isEmpty() && !citus) {
                // A trigger that works may name a key in ON CONFLICT.
                aside.takeKeys(emptied(plan));
            }
            path.ofTheApp(schema);
            empty(statement, plan);
        }
        progress.begin(Phase.DATA);
        attempt.report().loaded(copy(connection, plan, !citus), List.of());
        progress.begin(Phase.POST_DATA);
        aside.indexesBack();
        try {
            aside.foreignKeysBack();
        } catch (SQLException e) {
            throw new ForeignRows(schema, names(plan)).of(e);
        }
        aside.triggersBack();
        path.ofOurs();
        try (Statement statement = connection.createStatement()) {
            for (SequenceMove move : plan.sequences()) {
                if (distributed.has(connection, move.sqlName())) {
                    distributed.move(connection, move.sqlName(), move.next(), move.exhausted());
                } else {
                    move(statement, move);
                }
            }
            for (ExistingTable table : plan.tables()) {
                int columns = table.pair().target().columns().size();
                List<String> sought =
                        Statistics.isWide(columns) ? SoughtColumns.of(connection, name(table)) : List.of();
                statement.execute(Statistics.sql(name(table), columns, sought));
            }
        }
        MaterializedViews.refresh(connection, schema, names(plan), path);
        progress.begin(Phase.VALIDATION);
        TableStates compared = TableStates.of(connection, schema);
        ValidationReport validation = compare(connection);
        ComparisonTerms.demand(options, validation, attempt.report());
        progress.begin(Phase.PUBLICATION);
        attempt.measure(connection, schema, names(plan), snapshot.sizeBytes());
        Journal.published(connection, run, schema, names(plan));
        compared.demandSame(schema);
        progress.end();
        MigrationReport report = attempt.reportOfPublication();
        Journal.finish(connection, run, report.toJson());
        attempt.atPublication().publishing(connection, List.of());
        return report;
    }

    /** It cannot be resumed: it is one transaction, and its record comes with its rows. */
    private NewRun recorded(ExistingPlan plan) {
        return new NewRun(
                attempt.aim().kind(),
                schema,
                options.source().describe(),
                snapshot.fingerprint(),
                plan.plan().fingerprint(),
                "",
                false);
    }

    /** The tables that the app's own migrations do not make. */
    private void make(Statement statement, SearchPath path) throws SQLException {
        if (!planned.made().isEmpty()) {
            path.ofTheApp(schema);
            for (dev.outgrow.internal.blueprint.Statement each : planned.made()) {
                statement.execute(each.sql());
            }
            path.backToNothing();
        }
    }

    /** Nobody writes to the tables from here on, so that what is compared is what is committed. */
    private void lock(Statement statement, ExistingPlan plan) throws SQLException {
        if (!plan.tables().isEmpty()) {
            statement.execute("LOCK TABLE "
                    + plan.tables().stream().map(this::name).collect(joining(", ")) + " IN ACCESS EXCLUSIVE MODE");
        }
    }

    /**
     * TRUNCATE, since a rule of the app could turn DELETE into something else; a rollback undoes it, too. Empty tables
     * are truncated as well: ANALYZE and CREATE INDEX write the number of rows into the table's line in the catalog in
     * a way that a rollback does not undo, unless the transaction has written a line of its own before.
     *
     * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-class.html">PostgreSQL, "pg_class", the last paragraph</a>
     */
    private void empty(Statement statement, ExistingPlan plan) throws SQLException {
        List<String> all = plan.tables().stream()
                .filter(ExistingRun::isEmptied)
                .map(table -> (table.pair().target().kind() == 'r' ? "ONLY " : "") + name(table))
                .toList();
        if (!all.isEmpty()) {
            statement.execute("TRUNCATE " + String.join(", ", all));
        }
    }

    private static boolean isEmptied(ExistingTable table) {
        return table.keptRows() == 0;
    }

    /** Large tables that have no rows but ours. */
    private static Set<String> emptied(ExistingPlan plan) {
        Set<String> names = large(plan);
        plan.tables().stream()
                .filter(table -> !isEmptied(table))
                .forEach(table -> names.remove(table.mapping().targetName()));
        return names;
    }

    private List<TableReport> copy(Connection connection, ExistingPlan plan, boolean freezing)
            throws InterruptedException {
        List<ReadAhead.Work> work = new ArrayList<>();
        for (ExistingTable table : plan.tables()) {
            List<String> columns = table.read().stream()
                    .map(ColumnMapping::column)
                    .map(column -> column.name())
                    .toList();
            work.add(new ReadAhead.Work(
                    table.pair().source(),
                    name(table),
                    table.read(),
                    table.making(),
                    queries(table, columns),
                    freezing && isEmptied(table) && table.pair().target().kind() == 'r'));
        }
        List<Long> ends = new ArrayList<>();
        long start = System.nanoTime();
        List<Copied> copied = new ReadAhead(
                        () -> snapshot.open(planned.encoding()),
                        options.parallelism(),
                        (table, rows, bytes) -> progress.rows(table.name(), rows, bytes))
                .copy(connection, work, () -> ends.add(System.nanoTime()));
        List<TableReport> reports = new ArrayList<>();
        for (int i = 0; i < copied.size(); i++) {
            ExistingTable table = plan.tables().get(i);
            reports.add(new TableReport(
                    table.mapping().table(),
                    table.mapping().targetName(),
                    copied.get(i).rows(),
                    copied.get(i).bytes(),
                    Duration.ofNanos(ends.get(i) - (i == 0 ? start : ends.get(i - 1)))));
        }
        return reports;
    }

    private static List<RowQuery> queries(ExistingTable table, List<String> columns) {
        if (table.census().rows() == 0 || columns.isEmpty()) {
            return List.of();
        }
        return table.census().parts().stream()
                .map(part -> RowQuery.range(table.pair().source(), columns, part.range()))
                .toList();
    }

    /** Unlike setval, RESTART is undone by a rollback, and so is a value drawn after it. */
    private static void move(Statement statement, SequenceMove move) throws SQLException {
        statement.execute("ALTER SEQUENCE " + move.sqlName() + " RESTART WITH " + move.next());
        if (move.exhausted()) {
            statement.execute("SELECT pg_catalog.nextval(" + Identifier.literal(move.sqlName()) + "::regclass)");
        }
    }

    private ValidationReport compare(Connection connection) throws SQLException, InterruptedException {
        return new ExistingComparison(options, planned, progress)
                .run(DatabaseAccess.opening(snapshot::open), DatabaseAccess.over(connection), false);
    }

    private String name(ExistingTable table) {
        return Identifier.qualified(schema, table.mapping().targetName());
    }

    private static Set<String> names(ExistingPlan plan) {
        Set<String> names = new HashSet<>();
        plan.tables().forEach(table -> names.add(table.mapping().targetName()));
        return names;
    }

    private static Set<String> large(ExistingPlan plan) {
        Set<String> names = new HashSet<>();
        plan.tables().stream()
                .filter(table -> table.census().rows() >= LARGE_ROWS)
                .forEach(table -> names.add(table.mapping().targetName()));
        return names;
    }
}
