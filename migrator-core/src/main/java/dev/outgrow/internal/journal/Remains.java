package dev.outgrow.internal.journal;

import dev.outgrow.internal.postgres.Identifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a run has made in its staging schema and is to be dropped. Dropping a table takes dozens of the server's locks,
 * one for each object that depends on it, so a thousand tables can be too many for one transaction.
 */
final class Remains {
    /** How many tables one transaction can drop on any server. */
    private static final int AT_ONCE = 50;

    private static final String TABLES =
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = ";

    private static final String VIEWS =
            "SELECT format('%I.%I', schemaname, viewname) FROM pg_views WHERE schemaname = ";

    /** Dropping a parent would take the locks of all of its children. */
    private static final String FOREIGN_KEYS =
            "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) FROM pg_constraint k"
                    + " JOIN pg_namespace n ON n.oid = k.connamespace WHERE k.contype = 'f' AND n.nspname = ";

    private final Connection connection;
    private final String schema;

    /** What is in a schema of ours. */
    Remains(Connection connection, String schema) {
        this.connection = connection;
        this.schema = Identifier.literal(schema);
    }

    /** Whether they are more than one transaction should drop. */
    boolean areMany() throws SQLException {
        return some(TABLES, AT_ONCE + 1).size() > AT_ONCE;
    }

    /** Drops them in several transactions; if it is cut off, it can be repeated. */
    void drop() throws SQLException {
        drop(VIEWS, views -> "DROP VIEW IF EXISTS " + String.join(", ", views) + " CASCADE");
        drop(FOREIGN_KEYS, keys -> String.join("; ", keys));
        drop(TABLES, tables -> "DROP TABLE " + String.join(", ", tables) + " CASCADE");
    }

    private void drop(String query, Function<List<String>, String> sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (List<String> next = some(query, AT_ONCE); !next.isEmpty(); next = some(query, AT_ONCE)) {
                statement.execute(sql.apply(next));
                connection.commit();
            }
        }
    }

    private List<String> some(String query, int most) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query + schema + " LIMIT " + most)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
