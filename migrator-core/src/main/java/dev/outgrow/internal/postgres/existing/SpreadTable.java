package dev.outgrow.internal.postgres.existing;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.option.Reshaping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table that Citus manages, and whose rows functions of the app see on their way.
 *
 * @param name its name, unquoted
 * @param functions those functions, as SQL writes them
 * @param triggers the definitions of the triggers that work, as SQL writes them
 * @param isLocal whether its rows are on the coordinator alone
 * @param call the call that makes another table lie as this one does, with {@code %s} for the literal of its name; of a table
 *     that is on the coordinator alone a copy on every server, since Citus makes no other that all sessions of a transaction see
 */
public record SpreadTable(String name, List<String> functions, List<String> triggers, boolean isLocal, String call) {
    /** What PostgreSQL and extensions bring knows no table of the app. */
    private static final String SQL = """
            WITH spread AS (
                SELECT c.oid, c.relname, p.partmethod, p.repmodel, p.colocationid,
                       pg_catalog.quote_literal(c.oid::pg_catalog.regclass) AS literal,
                       pg_catalog.column_to_column_name(p.logicalrelid, p.partkey::text) AS by
                  FROM pg_catalog.pg_dist_partition p JOIN pg_catalog.pg_class c ON c.oid = p.logicalrelid
                  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = ? AND p.partmethod IN ('h', 'n')),
            working AS (
                SELECT t.tgrelid, t.oid, t.tgname FROM pg_catalog.pg_trigger t JOIN spread s ON s.oid = t.tgrelid
                 WHERE (s.relname, t.tgname) IN (SELECT * FROM ROWS FROM (pg_catalog.unnest(?::name[]), pg_catalog.unnest(?::name[])))),
            calling AS (
                SELECT k.conrelid AS relation, d.refobjid AS function
                  FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_depend d
                    ON d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND d.objid = k.oid
                   AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                UNION
                SELECT a.attrelid, d.refobjid
                  FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_constraint k ON k.contypid = a.atttypid
                  JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND d.objid = k.oid
                   AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                 WHERE k.contypid <> 0
                UNION
                SELECT f.adrelid, d.refobjid
                  FROM pg_catalog.pg_attrdef f JOIN pg_catalog.pg_depend d
                    ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = f.oid
                   AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                UNION
                SELECT i.indrelid, d.refobjid
                  FROM pg_catalog.pg_index i JOIN pg_catalog.pg_depend d
                    ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = i.indexrelid
                   AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                UNION
                SELECT w.tgrelid, t.tgfoid FROM working w JOIN pg_catalog.pg_trigger t ON t.oid = w.oid)
            SELECT s.relname, pg_catalog.array_agg(f.oid::pg_catalog.regprocedure::text ORDER BY f.oid::pg_catalog.regprocedure::text),
                   ARRAY(SELECT pg_catalog.pg_get_triggerdef(w.oid) FROM working w WHERE w.tgrelid = s.oid ORDER BY w.tgname),
                   s.partmethod = 'n' AND s.repmodel <> 't' AND s.colocationid = 0,
                   CASE WHEN s.partmethod = 'h' THEN 'create_distributed_table(%s, ' || pg_catalog.quote_literal(s.by) || ', colocate_with => ' || s.literal || ')'
                        WHEN s.repmodel <> 't' AND s.colocationid <> 0 THEN 'create_distributed_table(%s, NULL, colocate_with => ' || s.literal || ')'
                        ELSE 'create_reference_table(%s)' END
              FROM spread s JOIN calling k ON k.relation = s.oid JOIN pg_catalog.pg_proc f ON f.oid = k.function
             WHERE f.oid >= 16384
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                                  AND e.objid = f.oid AND e.deptype = 'e')
             GROUP BY s.oid, s.relname, s.partmethod, s.repmodel, s.colocationid, s.literal, s.by
             ORDER BY s.relname""";

    public SpreadTable {
        functions = ImmutableList.copyOf(functions);
        triggers = ImmutableList.copyOf(triggers);
    }

    /**
     * The tables of a schema for which that is so.
     *
     * @param connection a session of a database that has Citus, with the server's own {@code search_path}
     * @param fired the triggers that work during the load
     */
    public static List<SpreadTable> withFunctions(Connection connection, String schema, List<Reshaping.Fired> fired)
            throws SQLException {
        List<SpreadTable> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setString(1, schema);
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", fired.stream().map(Reshaping.Fired::table).toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "text", fired.stream().map(Reshaping.Fired::trigger).toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    tables.add(new SpreadTable(
                            row.getString(1),
                            Arrays.asList((String[]) row.getArray(2).getArray()),
                            Arrays.asList((String[]) row.getArray(3).getArray()),
                            row.getBoolean(4),
                            row.getString(5)));
                }
            }
        }
        return tables;
    }

    /** The statement that makes another table lie as this one does. */
    public String spreading(String sqlName) {
        return "SELECT pg_catalog." + call.replace("%s", Identifier.literal(sqlName));
    }
}
