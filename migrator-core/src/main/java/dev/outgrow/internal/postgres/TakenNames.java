package dev.outgrow.internal.postgres;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names in the target schema that are taken. Tables, views, indexes and sequences share one namespace; every table and
 * view also has a type of its name, and an array of that type whose name begins with an underscore.
 */
public final class TakenNames {
    private static final int MOST_NAMED = 20;

    private static final String WANTED = """
            SELECT CASE c.relkind WHEN 'S' THEN 'sequence ' WHEN 'i' THEN 'index ' WHEN 'I' THEN 'index ' WHEN 'v' THEN 'view '
                                  ELSE 'table ' END || c.relname
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ANY (?)
            UNION ALL
            SELECT 'type ' || t.typname
              FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
             WHERE n.nspname = ? AND t.typname = ANY (?)
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid AND c.relname = ANY (?))
             ORDER BY 1""";

    private static final String BETWEEN = """
            SELECT 'relation ' || s.relname
              FROM pg_catalog.pg_class s JOIN pg_catalog.pg_namespace f ON f.oid = s.relnamespace
              JOIN pg_catalog.pg_class t ON t.relname = s.relname
              JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
             WHERE f.nspname = ? AND n.nspname = ?
            UNION ALL
            SELECT 'type ' || s.typname
              FROM pg_catalog.pg_type s JOIN pg_catalog.pg_namespace f ON f.oid = s.typnamespace
              JOIN pg_catalog.pg_type t ON t.typname = s.typname
              JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
             WHERE f.nspname = ? AND n.nspname = ?
             ORDER BY 1""";

    private final Connection connection;
    private final String schema;

    /**
     * The names of one schema.
     *
     * @param connection a session of the target
     * @param schema the target schema
     */
    public TakenNames(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /**
     * Checks that the names that a plan uses are free.
     *
     * @param relations the names of tables, views, indexes and sequences
     * @param typed those of tables and views
     * @throws MigrationException naming what has taken them
     */
    public void demandFree(Collection<String> relations, Collection<String> typed) throws SQLException {
        Set<String> types = new TreeSet<>(typed);
        typed.forEach(name -> types.add(Identifier.cut("_" + name, Identifier.MAX_BYTES)));
        try (PreparedStatement statement = connection.prepareStatement(WANTED)) {
            statement.setString(1, schema);
            statement.setArray(2, connection.createArrayOf("text", relations.toArray()));
            statement.setString(3, schema);
            statement.setArray(4, connection.createArrayOf("text", types.toArray()));
            statement.setArray(5, connection.createArrayOf("text", relations.toArray()));
            demandNone(statement);
        }
    }

    /**
     * Checks that the names of everything in another schema, which is to be moved here, are free.
     *
     * @throws MigrationException naming what has taken them
     */
    public void demandFreeFor(String from) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BETWEEN)) {
            statement.setString(1, from);
            statement.setString(2, schema);
            statement.setString(3, from);
            statement.setString(4, schema);
            demandNone(statement);
        }
    }

    private void demandNone(PreparedStatement statement) throws SQLException {
        List<String> taken = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                taken.add(rows.getString(1));
            }
        }
        if (!taken.isEmpty()) {
            throw new MigrationException(
                    Reason.TARGET_NOT_EMPTY,
                    "Schema " + schema + " already holds " + taken.size() + " of the names that the migration makes: "
                            + String.join(", ", taken.subList(0, Math.min(MOST_NAMED, taken.size())))
                            + (taken.size() > MOST_NAMED ? ", …" : "") + ".",
                    "give another schema with .into(TargetSchema.created(\"…\")), or drop or rename what is there. If the"
                            + " application's own migrations made these tables, they are kept: nothing was written.",
                    null);
        }
    }

    /**
     * The name that PostgreSQL gives the sequence of an identity column: both names, with the longer one cut until it
     * fits.
     */
    public static String sequence(String table, String column) {
        return made(table, column, "_seq");
    }

    /** The name that PostgreSQL 18 gives the constraint of a column that is NOT NULL. */
    public static String notNull(String table, String column) {
        return made(table, column, "_not_null");
    }

    private static String made(String table, String column, String end) {
        int room = Identifier.MAX_BYTES - "_".length() - end.length();
        int ofTable = Identifier.bytes(table);
        int ofColumn = Identifier.bytes(column);
        while (ofTable + ofColumn > room) {
            if (ofTable > ofColumn) {
                ofTable--;
            } else {
                ofColumn--;
            }
        }
        return Identifier.cut(table, ofTable) + "_" + Identifier.cut(column, ofColumn) + end;
    }
}
