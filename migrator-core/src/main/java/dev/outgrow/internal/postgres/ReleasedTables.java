package dev.outgrow.internal.postgres;

import static java.util.stream.Collectors.joining;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Tables that Citus manages only because a foreign key connects them with a reference table. It releases such a table as soon as the
 * key is dropped for the load, and cannot take it back in the same transaction ("cannot switch local execution status"). Seen on
 * Citus 13.0.5, of tables that {@code citus_add_local_table_to_metadata} was not called for.
 */
public final class ReleasedTables {
    private static final String SQL = """
            SELECT c.relname FROM pg_dist_partition p JOIN pg_class c ON c.oid = p.logicalrelid
             WHERE c.relnamespace = to_regnamespace(quote_ident(?)) AND c.relname = ANY (?)
               AND (to_jsonb(p) ->> 'autoconverted')::bool ORDER BY 1""";

    private ReleasedTables() {}

    /**
     * Checks that none of the tables is one of those.
     *
     * @param connection a session of the target
     * @throws MigrationException naming them, and the statement that makes Citus keep each
     */
    public static void demandNone(Connection connection, String schema, Collection<String> tables) throws SQLException {
        if (!CitusTransaction.isCitus(connection)) {
            return;
        }
        List<String> released = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setString(1, schema);
            statement.setArray(2, connection.createArrayOf("text", tables.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    released.add(rows.getString(1));
                }
            }
        }
        if (!released.isEmpty()) {
            throw new MigrationException(
                    Reason.TARGET_UNFIT,
                    "Citus manages " + String.join(", ", released) + " in schema " + schema
                            + " only for as long as a foreign key leads to a reference table. It releases a table once its keys are"
                            + " dropped for the load, and does not take it back in the same transaction.",
                    "let Citus keep them, once: "
                            + released.stream()
                                    .map(table -> "SELECT citus_add_local_table_to_metadata('"
                                            + (Identifier.quote(schema) + "." + Identifier.quote(table))
                                                    .replace("'", "''")
                                            + "');")
                                    .collect(joining(" ")),
                    null);
        }
    }
}
