package dev.outgrow.internal.postgres.existing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Primary keys and UNIQUE constraints that are dropped while rows are loaded, and made again afterwards: to sort all rows once takes
 * a third of the time and of the WAL that it takes to look each row's place up. Its owner may do that to a table in one transaction;
 * a failure takes it back.
 *
 * <p>Only those are dropped that ALTER TABLE makes again exactly, and on which nothing else depends: no foreign key, no view that
 * groups by the key, no comment, tablespace, storage parameter, statistics target or mark; none that is deferrable, for which
 * PostgreSQL keeps a trigger that somebody may have disabled; and of no partition or parent, whose keys hang together.
 */
final class KeysAside {
    private static final String KEYS = """
            SELECT k.conrelid::regclass::text, pg_catalog.quote_ident(k.conname), pg_catalog.pg_get_constraintdef(k.oid)
              FROM pg_catalog.pg_constraint k
              JOIN pg_catalog.pg_class t ON t.oid = k.conrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
              JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid
              JOIN pg_catalog.pg_class c ON c.oid = k.conindid
              JOIN pg_catalog.pg_am a ON a.oid = c.relam
             WHERE n.nspname = ? AND t.relname = ANY (?) AND k.contype IN ('p', 'u') AND a.amname = 'btree'
               AND t.relkind = 'r' AND NOT t.relispartition
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE t.oid IN (h.inhrelid, h.inhparent))
               AND i.indisvalid AND NOT i.indisclustered AND NOT i.indisreplident
               AND c.reltablespace = 0 AND c.reloptions IS NULL AND c.relname = k.conname
               AND pg_catalog.obj_description(k.oid, 'pg_constraint') IS NULL
               AND pg_catalog.obj_description(c.oid, 'pg_class') IS NULL
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute x WHERE x.attrelid = c.oid AND x.attstattarget >= 0)
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                WHERE (d.refclassid, d.refobjid) IN (('pg_catalog.pg_constraint'::regclass, k.oid),
                                                                     ('pg_catalog.pg_class'::regclass, c.oid))
                                  AND (d.classid, d.objid) <> ('pg_catalog.pg_class'::regclass, c.oid))
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                WHERE (d.classid, d.objid) IN (('pg_catalog.pg_constraint'::regclass, k.oid),
                                                               ('pg_catalog.pg_class'::regclass, c.oid))
                                  AND d.deptype IN ('e', 'x'))
             ORDER BY k.oid""";

    private final Connection connection;
    private final String schema;
    private final List<String> keys = new ArrayList<>();

    KeysAside(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /** Drops the keys of tables, once the foreign keys are gone that point to them. */
    void take(Collection<String> tables) throws SQLException {
        List<String> drops = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
            statement.setString(1, schema);
            statement.setArray(2, connection.createArrayOf("text", tables.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String alter = "ALTER TABLE " + row.getString(1);
                    drops.add(alter + " DROP CONSTRAINT " + row.getString(2));
                    keys.add(alter + " ADD CONSTRAINT " + row.getString(2) + " " + row.getString(3));
                }
            }
        }
        execute(drops);
    }

    /** Makes the keys again; each looks at all rows. */
    void back() throws SQLException {
        execute(keys);
    }

    private void execute(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
