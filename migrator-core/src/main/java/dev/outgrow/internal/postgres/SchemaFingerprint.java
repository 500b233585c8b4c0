package dev.outgrow.internal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What stands in a schema, as one text that changes if anybody alters it: relations, columns, constraints, indexes, triggers, rules,
 * views, policies, functions and types, but no rows, statistics or positions of sequences.
 */
public final class SchemaFingerprint {
    private static final String SQL = """
            WITH s AS (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = ?),
                 c AS (SELECT c.* FROM pg_catalog.pg_class c JOIN s ON s.oid = c.relnamespace),
                 line(text) AS (
              SELECT ROW('relation', relname, relkind, relpersistence, relrowsecurity, relforcerowsecurity, reloptions,
                         relowner, relacl, relispartition)::text
                FROM c
              UNION ALL
              SELECT ROW('column', c.relname, a.attname, a.attnum, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
                         a.attidentity, a.attgenerated, a.attcollation, a.attisdropped, a.attacl,
                         pg_catalog.pg_get_expr(d.adbin, d.adrelid))::text
                FROM c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
               WHERE c.relkind NOT IN ('i', 'S')
              UNION ALL
              SELECT ROW('constraint', c.relname, k.conname, k.convalidated, k.condeferrable, k.condeferred,
                         pg_catalog.pg_get_constraintdef(k.oid))::text
                FROM c JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid
              UNION ALL
              SELECT ROW('index', i.indisvalid, i.indisready, pg_catalog.pg_get_indexdef(i.indexrelid))::text
                FROM c JOIN pg_catalog.pg_index i ON i.indrelid = c.oid
              UNION ALL
              SELECT ROW('trigger', c.relname, t.tgenabled, t.tgfoid,
                         CASE WHEN NOT t.tgisinternal THEN pg_catalog.pg_get_triggerdef(t.oid) END)::text
                FROM c JOIN pg_catalog.pg_trigger t ON t.tgrelid = c.oid
              UNION ALL
              SELECT ROW('rule', r.ev_enabled, pg_catalog.pg_get_ruledef(r.oid))::text
                FROM c JOIN pg_catalog.pg_rewrite r ON r.ev_class = c.oid
              UNION ALL
              SELECT ROW('sequence', c.relname, q.seqtypid, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle)::text
                FROM c JOIN pg_catalog.pg_sequence q ON q.seqrelid = c.oid
              UNION ALL
              SELECT ROW('policy', p.*)::text FROM c JOIN pg_catalog.pg_policy p ON p.polrelid = c.oid
              UNION ALL
              SELECT ROW('child', h.*)::text FROM c JOIN pg_catalog.pg_inherits h ON c.oid IN (h.inhrelid, h.inhparent)
              UNION ALL
              SELECT ROW('function', p.oid, p.prosrc)::text
                FROM s JOIN pg_catalog.pg_proc p ON p.pronamespace = s.oid
              UNION ALL
              SELECT ROW('type', t.typname, t.typtype)::text
                FROM s JOIN pg_catalog.pg_type t ON t.typnamespace = s.oid)
            SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
                     pg_catalog.string_agg(text, E'\\n' ORDER BY text COLLATE "C"), 'UTF8')), 'hex') FROM line""";

    private SchemaFingerprint() {}

    /**
     * Computes it.
     *
     * @param connection a session in which names are written as in any other one of ours
     * @return of an empty schema, or of none, the word {@code nothing}
     */
    public static String of(Connection connection, String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                String found = row.getString(1);
                return found == null ? "nothing" : found;
            }
        }
    }
}
