package dev.outgrow.internal.postgres.existing;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.ServerFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Views of the target that keep the rows which their query gave: they go on showing what the tables held before the load until they
 * are computed again. One that was made {@code WITH NO DATA} shows nothing, and stays so.
 *
 * @see <a href="https://www.postgresql.org/docs/current/rules-materializedviews.html">PostgreSQL, "Materialized Views"</a>
 */
public final class MaterializedViews {
    /** What reads a table, its partitions and what else inherits from it, directly or through other views, in an order that works. */
    private static final String OVER_TABLES = """
            WITH RECURSIVE loaded (oid) AS (
                SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = ? AND c.relname = ANY (?)
                UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN loaded ON loaded.oid = i.inhparent),
            reader (oid, depth) AS (
                SELECT oid, 0 FROM loaded
                UNION
                SELECT r.ev_class, reader.depth + 1 FROM reader
                  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = reader.oid
                       AND d.classid = 'pg_catalog.pg_rewrite'::regclass
                  JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid AND r.ev_class <> reader.oid
                  JOIN pg_catalog.pg_class v ON v.oid = r.ev_class AND v.relkind IN ('v', 'm'))
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), pg_catalog.pg_has_role(c.relowner, 'USAGE')
              FROM reader JOIN pg_catalog.pg_class c ON c.oid = reader.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'm' AND c.relispopulated GROUP BY 1, 2 ORDER BY pg_catalog.max(reader.depth), 1""";

    private MaterializedViews() {}

    private record View(String sqlName, boolean ours) {}

    /**
     * Computes those over some tables again, as far as the role may.
     *
     * @param connection in the transaction that has loaded the tables
     * @param path of that transaction: the app's while a query of the app's is evaluated, and ours before and after
     * @throws MigrationException if one cannot be computed from the rows
     */
    public static void refresh(Connection connection, String schema, Collection<String> tables, SearchPath path)
            throws SQLException {
        path.ofOurs();
        List<View> views = over(connection, schema, tables);
        path.ofTheApp(schema);
        for (View view : views) {
            if (view.ours) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("REFRESH MATERIALIZED VIEW " + view.sqlName);
                } catch (SQLException e) {
                    throw refused(e, view);
                }
            }
        }
        path.ofOurs();
    }

    /** The names of those over some tables that belong to others, as SQL writes them: only their owners can compute them again. */
    public static List<String> ofOthers(Connection connection, String schema, Collection<String> tables)
            throws SQLException {
        return over(connection, schema, tables).stream()
                .filter(view -> !view.ours)
                .map(View::sqlName)
                .toList();
    }

    private static MigrationException refused(SQLException failure, View view) {
        MigrationException plain = ServerFailure.of(failure, "computing the materialized view " + view.sqlName);
        boolean ofTheRows = plain.reason() == Reason.VALUE_REFUSED || plain.reason() == Reason.UNEXPECTED;
        return ofTheRows
                ? new MigrationException(
                        Reason.VALUE_REFUSED,
                        String.valueOf(plain.getMessage()),
                        "nothing was published. Correct the query of the view in the target, or make it there"
                                + " WITH NO DATA and compute it by hand afterwards; then call run() again.",
                        plain)
                : plain;
    }

    private static List<View> over(Connection connection, String schema, Collection<String> tables)
            throws SQLException {
        List<View> views = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OVER_TABLES)) {
            statement.setString(1, schema);
            statement.setArray(2, connection.createArrayOf("text", tables.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    views.add(new View(rows.getString(1), rows.getBoolean(2)));
                }
            }
        }
        return views;
    }
}
