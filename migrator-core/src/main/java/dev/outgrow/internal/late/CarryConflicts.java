package dev.outgrow.internal.late;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.switchover.LateWrites;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Conflicts: rows that were written late and that PostgreSQL no longer has as they were migrated. A row that is gone on
 * both sides, or that both sides changed in the same way, is not a conflict. Of a table without a key the copies of a
 * row are counted: of one that was changed or deleted PostgreSQL must have as many as were migrated; or as many as the
 * file has now, if rows were only deleted there.
 */
final class CarryConflicts {
    /** The class of SQLSTATEs integrity_constraint_violation. */
    private static final String CONSTRAINT = "23";

    private final Connection connection;

    CarryConflicts(Connection connection) {
        this.connection = connection;
    }

    /** The temporary table of rows as they are now. */
    static String now(int table) {
        return "pg_temp.outgrow_now_" + table;
    }

    /** The temporary table of rows as they were. */
    static String was(int table) {
        return "pg_temp.outgrow_was_" + table;
    }

    /** The temporary table of all former copies of these rows. */
    static String copies(int table) {
        return "pg_temp.outgrow_copies_" + table;
    }

    /** The condition that another table has a row with this key. */
    static String exists(CarriedTable table, String row, String other) {
        return "EXISTS (SELECT 1 FROM " + other + " o WHERE " + table.sameKey(row, "o") + ")";
    }

    /**
     * Checks that there are none.
     *
     * @throws MigrationException {@code LATE_WRITES_CONFLICT}, with up to five keys of each table
     */
    void demandNone(List<ConcernedRows> tables) throws SQLException {
        List<String> conflicts = new ArrayList<>();
        for (ConcernedRows rows : tables) {
            CarriedTable table = rows.table();
            if (table.keyed()) {
                List<String> keys = texts(keys(table, rows.number(), rows.name()));
                if (!keys.isEmpty()) {
                    conflicts.add(table.late().name() + " (" + String.join("; ", keys) + ")");
                }
            } else if (!texts(rows.differentCounts()).isEmpty()) {
                conflicts.add(
                        table.late().name() + " (it has no key; of rows that were changed or deleted late PostgreSQL"
                                + " has not as many as were migrated)");
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

    /**
     * The failure of a statement that carries rows over: if a constraint refuses them, they conflict with rows of
     * PostgreSQL's own.
     */
    RuntimeException of(SQLException failure) throws SQLException {
        if (!String.valueOf(failure.getSQLState()).startsWith(CONSTRAINT)) {
            throw failure;
        }
        ServerErrorMessage server = failure instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        String where = server == null
                ? ""
                : " of table " + server.getTable()
                        + (server.getConstraint() == null ? "" : " (" + server.getConstraint() + ")");
        return new MigrationException(
                Reason.LATE_WRITES_CONFLICT,
                "Rows that were written late and rows that PostgreSQL has come to hold since do not go together: a constraint"
                        + where + " refuses them (SQLSTATE " + failure.getSQLState() + "). Nothing was carried over.",
                "look for the rows in PostgreSQL that have one unique value with those of the SQLite file, or that point to"
                        + " rows which were deleted there, and settle it by hand; then call again.",
                null);
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            while (found.next()) {
                texts.add(found.getString(1));
            }
        }
        return texts;
    }

    private static String keys(CarriedTable table, int i, String here) {
        String there = "t." + Identifier.quote(table.key().get(0)) + " IS NOT NULL";
        String missing = " AND NOT (" + table.same("t", "n") + ")";
        return "SELECT " + table.keyText("n") + " FROM " + now(i) + " n LEFT JOIN " + was(i) + " w ON "
                + table.sameKey("n", "w")
                + " LEFT JOIN " + here + " t ON " + table.sameKey("n", "t") + " WHERE (NOT "
                + exists(table, "n", was(i)) + " AND " + there
                + missing + ") OR (" + exists(table, "n", was(i)) + " AND (NOT (" + there + ") OR NOT ("
                + table.same("t", "w") + ")"
                + missing + "))"
                + " UNION ALL SELECT " + table.keyText("w") + " FROM " + was(i) + " w JOIN " + here + " t ON "
                + table.sameKey("w", "t") + " WHERE NOT " + exists(table, "w", now(i)) + " AND NOT ("
                + table.same("t", "w") + ")"
                + " LIMIT " + LateWrites.MOST_KEYS;
    }
}
