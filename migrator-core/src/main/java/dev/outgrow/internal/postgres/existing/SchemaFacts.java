package dev.outgrow.internal.postgres.existing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the app's own migrations made in a schema, as definitions by name: without owners, rights, rows and positions of
 * sequences.
 */
public final class SchemaFacts {
    /** Excludes objects that belong to an extension. */
    private static final String FACTS = """
            WITH tables AS (
                SELECT c.oid, c.relname, c.relkind FROM pg_catalog.pg_class c
                  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'f')
                   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                                      AND d.deptype = 'e')
            )
            SELECT 'table ' || relname, CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned' ELSE 'foreign' END
              FROM tables
            UNION ALL
            SELECT 'column ' || t.relname || '.' || a.attname,
                   pg_catalog.concat_ws(' ', pg_catalog.format_type(a.atttypid, a.atttypmod),
                       CASE WHEN a.attnotnull THEN 'NOT NULL' END,
                       CASE a.attidentity WHEN 'a' THEN 'IDENTITY ALWAYS' WHEN 'd' THEN 'IDENTITY' END,
                       CASE WHEN a.attgenerated <> '' THEN 'GENERATED' WHEN d.oid IS NOT NULL THEN 'DEFAULT' END,
                       pg_catalog.pg_get_expr(d.adbin, d.adrelid))
              FROM pg_catalog.pg_attribute a JOIN tables t ON t.oid = a.attrelid
              LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
             WHERE a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT 'constraint ' || k.conname || ' of ' || t.relname, pg_catalog.pg_get_constraintdef(k.oid)
              FROM pg_catalog.pg_constraint k JOIN tables t ON t.oid = k.conrelid WHERE k.contype <> 'n'
            UNION ALL
            SELECT 'index ' || c.relname, pg_catalog.pg_get_indexdef(i.indexrelid)
              FROM pg_catalog.pg_index i JOIN tables t ON t.oid = i.indrelid
              JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            UNION ALL
            SELECT 'trigger ' || g.tgname || ' of ' || t.relname, pg_catalog.pg_get_triggerdef(g.oid) || ' ' || g.tgenabled::pg_catalog.text
              FROM pg_catalog.pg_trigger g JOIN tables t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal""";

    private SchemaFacts() {}

    /**
     * Reads them.
     *
     * @param connection a session in auto-commit mode, as it is afterwards
     */
    public static Map<String, String> read(Connection connection, String schema) throws SQLException {
        Map<String, String> facts = new TreeMap<>();
        connection.setAutoCommit(false);
        try {
            SearchPath.ofNothing(connection);
            try (PreparedStatement statement = connection.prepareStatement(FACTS)) {
                statement.setString(1, schema);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        facts.put(row.getString(1), row.getString(2));
                    }
                }
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        return facts;
    }
}
