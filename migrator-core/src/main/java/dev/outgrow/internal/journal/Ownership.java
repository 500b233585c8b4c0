package dev.outgrow.internal.journal;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who owns the schemas that have our names. Triggers, rules and defaults that the owner of a schema defines run with
 * the rights of the role that writes there. So nothing is read or written in a schema unless the role, or a role that
 * it is a member of, owns it. A superuser may do everything, but does not count as a member of all roles.
 */
final class Ownership {
    private static final String OURS = """
            WITH RECURSIVE ours (role) AS (
                SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user
                UNION SELECT m.roleid FROM pg_catalog.pg_auth_members m JOIN ours ON m.member = ours.role
            )""";

    private static final String STRANGE = OURS + """
            , journal AS (
                SELECT n.oid, n.nspowner FROM pg_catalog.pg_namespace n WHERE n.nspname = 'outgrow'
            ), relation AS (
                SELECT c.* FROM pg_catalog.pg_class c JOIN journal ON journal.oid = c.relnamespace WHERE c.relname = ANY (?)
            )
            SELECT 'the schema belongs to role ' || pg_catalog.pg_get_userbyid(nspowner) FROM journal
             WHERE nspowner NOT IN (SELECT role FROM ours)
            UNION ALL
            SELECT relname || ' is no plain table' FROM relation
             WHERE relkind <> 'r' OR relrowsecurity OR EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhparent = relation.oid)
            UNION ALL
            SELECT relname || ' belongs to role ' || pg_catalog.pg_get_userbyid(relowner) FROM relation
             WHERE relowner NOT IN (SELECT role FROM ours)
            UNION ALL
            SELECT relname || ' has trigger ' || tgname FROM relation JOIN pg_catalog.pg_trigger ON tgrelid = relation.oid
             WHERE NOT tgisinternal
            UNION ALL
            SELECT relname || ' has rule ' || rulename FROM relation JOIN pg_catalog.pg_rewrite ON ev_class = relation.oid
             WHERE relkind = 'r'
            ORDER BY 1""";

    private static final String MISSING = """
            SELECT w.name || '.' || w.attribute || ' ' || w.type
              FROM ROWS FROM (pg_catalog.unnest(?), pg_catalog.unnest(?), pg_catalog.unnest(?)) AS w (name, attribute, type)
             WHERE NOT EXISTS (
                SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
                 WHERE n.nspname = 'outgrow' AND c.relname = w.name AND a.attname = w.attribute AND NOT a.attisdropped
                   AND pg_catalog.format_type(a.atttypid, a.atttypmod) = w.type)
             ORDER BY 1""";

    private static final String OF_SCHEMA = OURS + """

            SELECT nspowner IN (SELECT role FROM ours) FROM pg_catalog.pg_namespace WHERE nspname = ?""";

    /** Who owns a schema. */
    enum Of {
        NOBODY,
        US,
        ANOTHER
    }

    private Ownership() {}

    /**
     * Checks that nobody else's objects are in the place of the journal.
     *
     * @throws MigrationException naming those that are
     */
    static void demand(Connection connection, List<String> tables) throws SQLException {
        List<String> strange = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(STRANGE)) {
            statement.setArray(1, connection.createArrayOf("text", tables.toArray()));
            collect(statement, strange);
        }
        if (!strange.isEmpty()) {
            throw refusal(strange);
        }
    }

    /**
     * Checks that the journal's tables have the columns that they need.
     *
     * @param columns each as {@code table.column type}
     * @throws MigrationException naming those that are missing
     */
    static void demandColumns(Connection connection, List<String> columns) throws SQLException {
        List<String> missing = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(MISSING)) {
            statement.setArray(1, texts(connection, columns, "\\..*"));
            statement.setArray(2, texts(connection, columns, "^[^.]*\\.| .*"));
            statement.setArray(3, texts(connection, columns, "^[^ ]* "));
            collect(statement, missing);
        }
        if (!missing.isEmpty()) {
            throw refusal(
                    missing.stream().map(column -> "it has no column " + column).toList());
        }
    }

    private static java.sql.Array texts(Connection connection, List<String> columns, String without)
            throws SQLException {
        return connection.createArrayOf(
                "text",
                columns.stream().map(column -> column.replaceAll(without, "")).toArray());
    }

    private static void collect(PreparedStatement statement, List<String> found) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
    }

    private static MigrationException refusal(List<String> strange) {
        return new MigrationException(
                Reason.TARGET_UNFIT,
                "Schema outgrow of the target, where the journal belongs, is not one of this library and this role: "
                        + String.join("; ", strange) + ". Nothing in it was read or written.",
                "run with the role that has migrated before; or, if the schema is another's, let its owner rename it: ALTER SCHEMA"
                        + " outgrow RENAME TO …",
                null);
    }

    /** Who owns the schema of that name. */
    static Of schema(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF_SCHEMA)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return Of.NOBODY;
                }
                return rows.getBoolean(1) ? Of.US : Of.ANOTHER;
            }
        }
    }
}
