package dev.outgrow.internal.switchover;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.switchover.LateWrites;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The transaction that carries late writes over: all of them, or none. */
final class CarryingTransaction {
    /** The SQLSTATE foreign_key_violation. */
    private static final String PARENT_MISSING = "23503";

    private final Connection connection;
    private final String schema;
    private final RowSource rows;

    /**
     * A transaction.
     *
     * @param rows of the file as it is and as it was, on one connection
     */
    CarryingTransaction(Connection connection, String schema, RowSource rows) {
        this.connection = connection;
        this.schema = schema;
        this.rows = rows;
    }

    /**
     * Carries the writes over.
     *
     * @throws MigrationException {@code LATE_WRITES_CONFLICT} if a row was changed on both sides; nothing stays then
     */
    void carry(List<CarriedTable> tables) throws SQLException {
        List<String> triggers = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            CarriedTable table = tables.get(i);
            execute("LOCK TABLE " + name(table) + " IN SHARE ROW EXCLUSIVE MODE");
            triggers.addAll(triggers(table));
            load(table, now(i), table.late().writtenRows(table.columns()));
            load(table, was(i), table.late().formerRows(table.columns()));
        }
        demandNoConflict(tables);
        for (String trigger : triggers) {
            execute(trigger.formatted("DISABLE"));
        }
        apply(statements(tables));
        for (String trigger : triggers) {
            execute(trigger.formatted("ENABLE"));
        }
        for (IdentityCheck.Sequence sequence : IdentityCheck.sequences(connection, schema)) {
            if (IdentityCheck.isTaken(connection, sequence)) {
                execute(sequence.repair());
            }
        }
    }

    private static String now(int table) {
        return "pg_temp.outgrow_now_" + table;
    }

    private static String was(int table) {
        return "pg_temp.outgrow_was_" + table;
    }

    private String name(CarriedTable table) {
        return Identifier.qualified(schema, table.mapped().target());
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void load(CarriedTable table, String into, String query) throws SQLException {
        execute("CREATE TEMPORARY TABLE " + into.substring("pg_temp.".length()) + " ON COMMIT DROP AS SELECT "
                + table.names("") + " FROM " + name(table) + " WITH NO DATA");
        new TableCopier(rows, connection)
                .copy(
                        table.mapped().source(),
                        into,
                        table.mapped().copied(),
                        RowQuery.of(
                                "table " + table.late().name(),
                                query,
                                table.columns().size()),
                        (count, bytes) -> {});
    }

    /** They have worked in SQLite, or were silent there: what they would do now was done or is not wanted. */
    private List<String> triggers(CarriedTable table) throws SQLException {
        List<String> triggers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT format('ALTER TABLE %s %%s TRIGGER %I', tgrelid::regclass, tgname) FROM pg_trigger"
                                + " WHERE NOT tgisinternal AND tgenabled = 'O' AND tgrelid = "
                                + Identifier.literal(name(table)) + "::regclass")) {
            while (found.next()) {
                triggers.add(found.getString(1));
            }
        }
        return triggers;
    }

    private void demandNoConflict(List<CarriedTable> tables) throws SQLException {
        List<String> conflicts = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            CarriedTable table = tables.get(i);
            if (!table.keyed()) {
                if (table.writes().deleted() > 0) {
                    conflicts.add(table.late().name() + " (it has no key, and rows of it were changed or deleted)");
                }
                continue;
            }
            List<String> keys = keys(conflictingKeys(table, now(i), was(i)));
            if (!keys.isEmpty()) {
                conflicts.add(table.late().name() + " (" + String.join("; ", keys) + ")");
            }
        }
        if (!conflicts.isEmpty()) {
            throw new MigrationException(
                    Reason.LATE_WRITES_CONFLICT,
                    "Rows were changed in the SQLite file after it had been frozen, and in PostgreSQL, too: "
                            + String.join(", ", conflicts) + ". Nothing was carried over.",
                    "make these rows in PostgreSQL what they should be, by hand; then leave the late writes behind by"
                            + " .acceptLateWrites(\"table\", …), or make the rows of the SQLite file equal first.",
                    null);
        }
    }

    /** A row that is gone on both sides, or that both have got alike, is no conflict. */
    private String conflictingKeys(CarriedTable table, String now, String was) {
        String missing = " AND NOT (" + table.same("t", "n") + ")";
        return "SELECT " + table.keyText("n") + " FROM " + now + " n LEFT JOIN " + was + " w ON "
                + table.sameKey("n", "w")
                + " LEFT JOIN " + name(table) + " t ON " + table.sameKey("n", "t") + " WHERE (NOT "
                + exists(table, "n", was) + " AND t.ctid IS NOT NULL"
                + missing + ") OR (" + exists(table, "n", was) + " AND (t.ctid IS NULL OR NOT (" + table.same("t", "w")
                + ")"
                + missing + "))"
                + " UNION ALL SELECT " + table.keyText("w") + " FROM " + was + " w JOIN " + name(table) + " t ON "
                + table.sameKey("w", "t") + " WHERE NOT " + exists(table, "w", now) + " AND NOT ("
                + table.same("t", "w") + ")"
                + " LIMIT " + LateWrites.MOST_KEYS;
    }

    private static String exists(CarriedTable table, String row, String other) {
        return "EXISTS (SELECT FROM " + other + " o WHERE " + table.sameKey(row, "o") + ")";
    }

    private List<String> keys(String query) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            while (found.next()) {
                keys.add(found.getString(1));
            }
        }
        return keys;
    }

    private List<String> statements(List<CarriedTable> tables) {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            CarriedTable table = tables.get(i);
            String target = name(table);
            if (!table.keyed()) {
                statements.add("INSERT INTO " + target + " (" + table.names("") + ") SELECT " + table.names("")
                        + " FROM " + now(i));
                continue;
            }
            statements.add("DELETE FROM " + target + " t USING " + was(i) + " w WHERE " + table.sameKey("t", "w")
                    + " AND NOT " + exists(table, "w", now(i)));
            if (!table.assignments("n").isEmpty()) {
                statements.add("UPDATE " + target + " t SET " + table.assignments("n") + " FROM " + now(i) + " n WHERE "
                        + table.sameKey("t", "n"));
            }
            statements.add("INSERT INTO " + target + " (" + table.names("") + ") OVERRIDING SYSTEM VALUE SELECT "
                    + table.names("n.") + " FROM " + now(i) + " n WHERE NOT " + exists(table, "n", target));
        }
        return statements;
    }

    /** Parents come before their children, and go behind them: a statement that comes too early is tried again. */
    private void apply(List<String> statements) throws SQLException {
        Deque<String> left = new ArrayDeque<>(statements);
        int tooEarly = 0;
        while (!left.isEmpty()) {
            String next = left.removeFirst();
            Savepoint before = connection.setSavepoint();
            try {
                execute(next);
                connection.releaseSavepoint(before);
                tooEarly = 0;
            } catch (SQLException e) {
                tooEarly++;
                if (!PARENT_MISSING.equals(e.getSQLState()) || tooEarly > left.size()) {
                    throw e;
                }
                connection.rollback(before);
                left.addLast(next);
            }
        }
    }
}
