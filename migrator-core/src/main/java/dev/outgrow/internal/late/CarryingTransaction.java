package dev.outgrow.internal.late;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.copy.Making;
import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.postgres.CitusTransaction;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.ReleasedTables;
import dev.outgrow.internal.postgres.existing.MaterializedViews;
import dev.outgrow.internal.postgres.existing.SearchPath;
import dev.outgrow.internal.postgres.existing.SetAside;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.work.SetAsideTable;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.Reshaping;
import dev.outgrow.option.TargetSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The transaction that carries late writes over: all of them, or none. As during the load, triggers and rules of the
 * target are silent, since what they would do has been done or is not wanted. Foreign keys are dropped and recreated
 * from their own definitions, so that no row of PostgreSQL's own is deleted with its parent, and none stays without
 * one.
 */
public final class CarryingTransaction {
    private final Connection connection;
    private final TargetSchema schema;
    private final RowSource rows;

    /**
     * A transaction.
     *
     * @param rows of the file as it is and as it was, on one connection
     */
    public CarryingTransaction(Connection connection, TargetSchema schema, RowSource rows) {
        this.connection = connection;
        this.schema = schema;
        this.rows = rows;
    }

    /**
     * Carries the writes over.
     *
     * @throws MigrationException {@code LATE_WRITES_CONFLICT} if PostgreSQL no longer has what was migrated; nothing stays then
     */
    public void carry(List<CarriedTable> tables, MigratedStates states) throws SQLException {
        execute("SET LOCAL lock_timeout = '60s'");
        execute("SET CONSTRAINTS ALL IMMEDIATE");
        List<String> names =
                tables.stream().map(table -> table.mapped().target()).toList();
        ReleasedTables.demandNone(connection, schema.name(), names);
        CitusTransaction.readyBesideTemporaryTables(connection);
        boolean citus = CitusTransaction.isCitus(connection);
        SearchPath path = SearchPath.ofNothing(connection);
        SetAside aside = new SetAside(connection, schema.name());
        aside.take(names, Set.of(), fired());
        path.ofOurs();
        List<ConcernedRows> concerned = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            CarriedTable table = tables.get(i);
            LateTable late = table.late();
            execute("LOCK TABLE " + name(table) + " IN SHARE ROW EXCLUSIVE MODE");
            load(table, CarryConflicts.now(i), late.writtenRows(table.columns()), path);
            load(table, CarryConflicts.was(i), late.formerRows(table.columns()), path);
            if (!table.keyed()) {
                load(table, CarryConflicts.copies(i), late.formerCopies(table.columns()), path);
            }
            ConcernedRows rows = new ConcernedRows(table, i, name(table), citus);
            rows.take(connection);
            concerned.add(rows);
        }
        CarryConflicts conflicts = new CarryConflicts(connection);
        conflicts.demandNone(concerned);
        path.ofTheApp(schema.name());
        try {
            for (ConcernedRows rows : concerned) {
                apply(rows);
            }
            aside.foreignKeysBack();
        } catch (SQLException e) {
            throw conflicts.of(e);
        }
        aside.triggersBack();
        MaterializedViews.refresh(connection, schema.name(), names, path);
        states.aside((then, now) -> SetAsideTable.change(connection, schema.name(), then, now));
        for (IdentityCheck.Sequence sequence : IdentityCheck.sequences(connection, schema.name())) {
            if (IdentityCheck.isTaken(connection, sequence)) {
                execute(sequence.repair());
            }
        }
    }

    private List<Reshaping.Fired> fired() {
        return schema instanceof ExistingSchema existing ? existing.reshaping().fired() : List.of();
    }

    private String name(CarriedTable table) {
        return Identifier.qualified(schema.name(), table.mapped().target());
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The app's expressions are evaluated as they were in the load; NULL stays, where a default takes its place later. */
    private void load(CarriedTable table, String into, String query, SearchPath path) throws SQLException {
        execute("CREATE TEMPORARY TABLE " + into.substring("pg_temp.".length()) + " ON COMMIT DROP AS SELECT "
                + table.names("") + " FROM " + name(table) + " WITH NO DATA");
        Making making = table.mapped().making();
        if (!making.isNothing()) {
            path.ofTheApp(schema.name());
        }
        new TableCopier(rows, connection)
                .copy(
                        table.mapped().source(),
                        into,
                        table.mapped().read(),
                        new Making(making.extras(), making.fills(), Map.of()),
                        RowQuery.of(
                                "table " + table.late().name(),
                                query,
                                table.columns().size()),
                        (count, bytes) -> {});
        path.ofOurs();
    }

    private void apply(ConcernedRows rows) throws SQLException {
        List<String> statements = new ArrayList<>();
        CarriedTable table = rows.table();
        String target = rows.target();
        String now = CarryConflicts.now(rows.number());
        String was = CarryConflicts.was(rows.number());
        if (table.keyed()) {
            statements.add("DELETE FROM " + target + " t USING (SELECT * FROM " + was + " w WHERE NOT "
                    + CarryConflicts.exists(table, "w", now) + ") w WHERE " + table.sameKey("t", "w"));
            if (!table.assignments("n", "w").isEmpty()) {
                statements.add("UPDATE " + target + " t SET " + table.assignments("n", "w") + " FROM (SELECT * FROM "
                        + now + ") n LEFT JOIN (SELECT * FROM " + was + ") w ON " + table.sameKey("n", "w") + " WHERE "
                        + table.sameKey("t", "n"));
            }
            statements.add("INSERT INTO " + target + " (" + table.names("") + ") OVERRIDING SYSTEM VALUE SELECT "
                    + table.values("n") + " FROM " + now + " n WHERE NOT "
                    + CarryConflicts.exists(table, "n", rows.name()));
        } else {
            statements.addAll(rows.deletion(connection));
            statements.add("INSERT INTO " + target + " (" + table.names("") + ") OVERRIDING SYSTEM VALUE SELECT "
                    + table.names("") + " FROM " + now);
        }
        for (String statement : statements) {
            execute(statement);
        }
    }
}
