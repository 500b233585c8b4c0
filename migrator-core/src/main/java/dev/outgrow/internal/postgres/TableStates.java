package dev.outgrow.internal.postgres;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the server itself records about the tables of a schema within a transaction: their files, and how many of their
 * rows this transaction has inserted, updated or deleted. If that is the same after the comparison and before the
 * commit, nothing has changed what was compared.
 */
public final class TableStates {
    private static final String STATES = """
            SELECT c.relname, c.oid || ' ' || c.relfilenode || ' ' || coalesce(s.n_tup_ins + s.n_tup_upd + s.n_tup_del, 0)
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_stat_xact_user_tables s ON s.relid = c.oid
             WHERE n.nspname = ? AND c.relkind = 'r'""";

    private final Connection connection;
    private final Map<String, String> before;

    private TableStates(Connection connection, Map<String, String> before) {
        this.connection = connection;
        this.before = before;
    }

    /** The present states, read in a transaction that finds names in the server's own schema. */
    public static TableStates of(Connection connection, String schema) throws SQLException {
        return new TableStates(connection, read(connection, schema));
    }

    private static Map<String, String> read(Connection connection, String schema) throws SQLException {
        Map<String, String> states = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(STATES)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    states.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return states;
    }

    /**
     * Checks that the same tables, now in this schema, are unchanged.
     *
     * @throws MigrationException if one is not
     */
    public void demandSame(String schema) throws SQLException {
        Map<String, String> after = read(connection, schema);
        List<String> changed = before.entrySet().stream()
                .filter(table -> !table.getValue().equals(after.get(table.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        if (!changed.isEmpty()) {
            throw new MigrationException(
                    Reason.VALIDATION_FAILED,
                    "Between the comparison and the commit something in the database changed "
                            + String.join(", ", changed) + ". Nothing was published.",
                    "look at the event triggers of the database, which the plan names, and disable the one that does it:"
                            + " ALTER EVENT TRIGGER … DISABLE.",
                    null);
        }
    }
}
