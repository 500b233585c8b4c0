package dev.outgrow.internal.postgres.existing;

import dev.outgrow.internal.postgres.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tables that inherit from others and hold rows of their own, which a query of the parent also reads. (Partitions are
 * not meant: they hold the parent's rows.)
 *
 * @see <a href="https://www.postgresql.org/docs/current/ddl-inherit.html">PostgreSQL, "Inheritance"</a>
 */
public final class InheritedRows {
    private static final String HEIRS = """
            WITH RECURSIVE heir (parent, oid) AS (
                SELECT p.relname::text, i.inhrelid FROM pg_catalog.pg_inherits i
                  JOIN pg_catalog.pg_class p ON p.oid = i.inhparent AND p.relkind = 'r'
                  JOIN pg_catalog.pg_namespace n ON n.oid = p.relnamespace WHERE n.nspname = ?
                UNION
                SELECT heir.parent, i.inhrelid FROM pg_catalog.pg_inherits i JOIN heir ON heir.oid = i.inhparent
            )
            SELECT heir.parent, n.nspname, c.relname, c.relkind = 'f' FROM heir JOIN pg_catalog.pg_class c ON c.oid = heir.oid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE pg_catalog.has_table_privilege(c.oid, 'SELECT') ORDER BY 1, 2, 3""";

    private InheritedRows() {}

    /** The tables with rows that inherit from tables of a schema, grouped by parent and named as in messages. */
    public static Map<String, List<String>> of(Connection connection, String schema) throws SQLException {
        Map<String, List<String>> found = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(HEIRS)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String heir = Identifier.qualified(rows.getString(2), rows.getString(3));
                    // Foreign tables are not queried.
                    if (rows.getBoolean(4) || hasRows(connection, heir)) {
                        found.computeIfAbsent(rows.getString(1), parent -> new ArrayList<>())
                                .add(heir);
                    }
                }
            }
        }
        return found;
    }

    private static boolean hasRows(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT EXISTS (SELECT 1 FROM ONLY " + table + ")");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
