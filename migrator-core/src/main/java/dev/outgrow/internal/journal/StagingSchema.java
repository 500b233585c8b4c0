package dev.outgrow.internal.journal;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The schemas in which runs make what is not published yet. A comment on each says which target schema it is for. */
final class StagingSchema {
    private static final String LEFT_OVER = """
            SELECT n.nspname FROM pg_catalog.pg_namespace n
             WHERE n.nspname LIKE 'outgrow\\_staging\\_%' AND pg_catalog.obj_description(n.oid, 'pg_namespace') = ?
             ORDER BY 1""";

    private StagingSchema() {}

    private static String comment(String targetSchema) {
        return "Unpublished result of the migration from SQLite into schema " + targetSchema + "; made by Outgrow.";
    }

    /**
     * Makes the schema.
     *
     * @throws MigrationException if there is one of that name
     */
    static void create(Connection connection, String name, String targetSchema) throws SQLException {
        if (Ownership.schema(connection, name) != Ownership.Of.NOBODY) {
            throw new MigrationException(
                    Reason.TARGET_NOT_EMPTY,
                    "Schema " + name + " is in the target already, and the journal has no run that it belongs to.",
                    "if an earlier migration left it, call forget() and then run() again; else let its owner rename it.",
                    null);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + Identifier.quote(name) + "; COMMENT ON SCHEMA "
                    + Identifier.quote(name) + " IS " + Identifier.literal(comment(targetSchema)));
        }
    }

    /**
     * Checks that the schema of an unfinished run exists and is ours.
     *
     * @throws MigrationException if it does not or is not
     */
    static void demand(Connection connection, String name) throws SQLException {
        Ownership.Of owner = Ownership.schema(connection, name);
        if (owner != Ownership.Of.US) {
            throw new MigrationException(
                    Reason.TARGET_CHANGED,
                    "Schema " + name + ", which holds the result of the unfinished run, "
                            + (owner == Ownership.Of.NOBODY ? "is gone." : "belongs to another role."),
                    "call discardUnfinished(), then run() again.",
                    null);
        }
    }

    /** Drops the schema, unless somebody else owns it. */
    static void drop(Connection connection, String name) throws SQLException {
        if (Ownership.schema(connection, name) == Ownership.Of.US) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP SCHEMA IF EXISTS " + Identifier.quote(name) + " CASCADE");
            }
        }
    }

    /** The staging schemas that were made for a target schema and still exist. */
    static List<String> of(Connection connection, String targetSchema) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LEFT_OVER)) {
            statement.setString(1, comment(targetSchema));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }
}
