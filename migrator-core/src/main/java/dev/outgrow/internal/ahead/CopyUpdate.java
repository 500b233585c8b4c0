package dev.outgrow.internal.ahead;

import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.blueprint.TableBlueprint.CheckBlueprint;
import dev.outgrow.internal.blueprint.TableBlueprint.ForeignKeyBlueprint;
import dev.outgrow.internal.created.PlannedCreation;
import dev.outgrow.internal.journal.AheadRecord;
import dev.outgrow.internal.journal.Journal;
import dev.outgrow.internal.journal.NewRun;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.source.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The transaction that brings a copy to another state of its source. Afterwards the copy is an unfinished run of that state, in whose
 * journal everything is done but what has to be done anew, so that the ordinary load does that: tables that are loaded as a whole,
 * foreign keys that have to be checked once more, sequences.
 */
final class CopyUpdate {
    private final Connection connection;
    private final PlannedCreation planned;
    private final String schema;
    private final Map<String, TableChange> changes = new LinkedHashMap<>();
    private final Map<String, ChangedRows> rows = new LinkedHashMap<>();
    private final Map<String, Integer> order = new HashMap<>();
    private final Set<String> undone = new HashSet<>();

    /**
     * An update.
     *
     * @param connection in a transaction
     * @param schema the staging schema
     * @param found how each table differs
     */
    CopyUpdate(Connection connection, PlannedCreation planned, String schema, List<TableChange> found) {
        this.connection = connection;
        this.planned = planned;
        this.schema = schema;
        found.forEach(change -> changes.put(change.name(), change));
    }

    /**
     * Carries it out; the caller commits.
     *
     * @param base the state that was copied
     * @return the run from here on
     */
    RecordedRun carryOut(RecordedRun run, AheadRecord record, NewRun now, Snapshot base) throws SQLException {
        RecordedRun moved = Journal.moveOn(connection, run, now);
        record.forget(connection, moved);
        Set<String> steps = Journal.steps(connection, moved.id()).keySet();
        take(base);
        dropForeignKeys();
        dropUncheckedConditions();
        dropWhatIsLoadedAnew();
        List<ChangedRows> parentsFirst = parentsFirst();
        for (ChangedRows changed : parentsFirst) {
            changed.delete();
        }
        for (ChangedRows changed : parentsFirst) {
            changed.write();
        }
        execute("SET CONSTRAINTS ALL IMMEDIATE");
        recordParts(moved, steps);
        return moved;
    }

    /** How many rows were inserted, changed or deleted. */
    long applied() {
        return rows.values().stream().mapToLong(ChangedRows::count).sum();
    }

    /** How many rows are as they were copied. */
    long untouched() {
        long all = changes.values().stream()
                .filter(change -> change.anew().isEmpty())
                .mapToLong(change -> change.table().rows())
                .sum();
        return all - rows.values().stream().mapToLong(ChangedRows::written).sum();
    }

    private void take(Snapshot base) throws SQLException {
        try (RowSource present = planned.snapshot().open(planned.encoding());
                RowSource former = base.open(planned.encoding())) {
            for (TableChange change : changes.values()) {
                if (change.isOfRows()) {
                    ChangedRows changed = new ChangedRows(connection, change, rows.size(), schema);
                    changed.take(present, former);
                    rows.put(change.name(), changed);
                }
            }
        }
        for (TableChange change : changes.values()) {
            place(change.name(), new HashSet<>());
        }
    }

    /** Gives a table its place after its parents, as far as they do not point back to it. */
    private void place(String table, Set<String> begun) {
        if (order.containsKey(table) || !begun.add(table)) {
            return;
        }
        TableChange change = changes.get(table);
        if (change != null) {
            change.table().foreignKeys().forEach(key -> place(key.parent(), begun));
        }
        order.putIfAbsent(table, order.size());
    }

    private List<ChangedRows> parentsFirst() {
        List<ChangedRows> sorted = new ArrayList<>(rows.values());
        sorted.sort((one, other) -> Integer.compare(
                order.getOrDefault(one.change().name(), 0),
                order.getOrDefault(other.change().name(), 0)));
        return sorted;
    }

    /**
     * A foreign key stays only if nothing that is done to the rows of either table could make it act or fail. The load makes
     * the others again, and checks all rows.
     */
    private void dropForeignKeys() throws SQLException {
        for (TableChange child : changes.values()) {
            for (ForeignKeyBlueprint key : child.table().foreignKeys()) {
                if (isDisturbed(child, key)) {
                    if (child.anew().isEmpty()) {
                        drop(child.table(), key.name());
                    }
                    undone(key.add());
                    key.validate().ifPresent(this::undone);
                }
            }
        }
    }

    private boolean isDisturbed(TableChange child, ForeignKeyBlueprint key) {
        TableChange parent = changes.get(key.parent());
        if (parent == null || parent.anew().isPresent() || child.anew().isPresent()) {
            return true;
        }
        ChangedRows ofParent = rows.get(key.parent());
        if (ofParent != null && ofParent.disturbsChildren()) {
            return true;
        }
        boolean backwards =
                order.getOrDefault(key.parent(), 0) > order.getOrDefault(child.name(), 0) && ofParent != null;
        return child.isOfRows() && (backwards || key.validate().isEmpty());
    }

    /** A CHECK that some rows break is not valid for them, and would refuse new ones like them. */
    private void dropUncheckedConditions() throws SQLException {
        for (ChangedRows changed : rows.values()) {
            for (CheckBlueprint check : changed.change().table().checks()) {
                if (!check.validated()) {
                    drop(changed.change().table(), check.name());
                    undone(check.add());
                }
            }
        }
    }

    private void drop(TableBlueprint table, String constraint) throws SQLException {
        execute("ALTER TABLE " + Identifier.qualified(schema, table.targetName()) + " DROP CONSTRAINT "
                + Identifier.quote(constraint));
    }

    private void dropWhatIsLoadedAnew() throws SQLException {
        List<TableChange> anew = changes.values().stream()
                .filter(change -> change.anew().isPresent())
                .toList();
        if (!anew.isEmpty()) {
            for (var view : planned.blueprint().views()) {
                execute("DROP VIEW IF EXISTS " + Identifier.qualified(schema, view.targetName()) + " CASCADE");
                undone(view.create());
            }
        }
        for (TableChange change : anew) {
            TableBlueprint table = change.table();
            execute("DROP TABLE " + Identifier.qualified(schema, table.targetName()) + " CASCADE");
            undone(table.create());
            table.allIndexes().forEach(this::undone);
            table.keys().forEach(this::undone);
            table.checks().forEach(check -> undone(check.add()));
            undone.add(table.analyzeStep());
        }
        for (var sequence : planned.blueprint().sequences()) {
            execute("DROP SEQUENCE IF EXISTS " + Identifier.qualified(schema, sequence.targetName()));
            undone(sequence.create());
        }
    }

    private void undone(Statement statement) {
        undone.add(statement.step());
    }

    /** The rows that stay are cut into parts as the present census cuts them: all of them are done. */
    private void recordParts(RecordedRun run, Set<String> steps) throws SQLException {
        for (TableChange change : changes.values()) {
            TableBlueprint table = change.table();
            table.identity().ifPresent(identity -> undone(identity.restart()));
            steps.stream().filter(step -> isPart(table, step)).forEach(undone::add);
        }
        Journal.forget(connection, run, undone);
        for (TableChange change : changes.values()) {
            TableCensus census = planned.census().get(change.name());
            if (census != null && change.anew().isEmpty()) {
                for (int i = 0; i < census.parts().size(); i++) {
                    boolean first = i == 0;
                    Journal.record(
                            connection,
                            run,
                            change.table().rowsStep(i),
                            first ? change.table().rows() : 0,
                            first ? change.table().bytes() : 0);
                }
            }
        }
    }

    private static boolean isPart(TableBlueprint table, String step) {
        String begin = table.rowsSteps();
        return step.startsWith(begin)
                && step.substring(begin.length()).chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
