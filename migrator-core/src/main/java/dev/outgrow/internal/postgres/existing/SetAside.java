package dev.outgrow.internal.postgres.existing;

import dev.outgrow.internal.postgres.BulkSettings;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.option.Reshaping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is taken away while rows are loaded, and then restored as it was: user triggers and rules are disabled, foreign
 * keys and larger indexes are dropped. Everything happens in the transaction of the connection, so a failure restores
 * it, too.
 *
 * @see <a href="https://www.postgresql.org/docs/current/populate.html">PostgreSQL, "Populating a Database"</a>
 */
public final class SetAside {
    /** The tables and every partition under them. */
    private static final String FAMILY = """
            WITH RECURSIVE family AS (
                SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = ? AND c.relname = ANY (?)
                UNION
                SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN family f ON f.oid = i.inhparent
                  JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid WHERE c.relispartition
            )""";

    private static final String TRIGGERS = FAMILY + """

            SELECT t.tgrelid::regclass::text, pg_catalog.quote_ident(t.tgname), t.tgenabled,
                   (SELECT c.relname FROM pg_catalog.pg_class c WHERE c.oid = t.tgrelid), t.tgname
              FROM pg_catalog.pg_trigger t JOIN family f ON f.oid = t.tgrelid
             WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') ORDER BY 1, 2""";

    /** COPY ignores rules, but rows that take the detour are inserted, which obeys them. */
    private static final String RULES = FAMILY + """

            SELECT r.ev_class::regclass::text, pg_catalog.quote_ident(r.rulename), r.ev_enabled
              FROM pg_catalog.pg_rewrite r JOIN family f ON f.oid = r.ev_class
             WHERE r.ev_type = '3' AND r.ev_enabled IN ('O', 'A') ORDER BY 1, 2""";

    /**
     * The foreign keys of the tables, and those of other tables that point to them; but not one whose own side somebody
     * has disabled: it checks no rows, and existing rows may not satisfy it.
     */
    private static final String FOREIGN_KEYS = FAMILY + """

            SELECT k.conrelid::regclass::text, pg_catalog.quote_ident(k.conname), pg_catalog.pg_get_constraintdef(k.oid),
                   pg_catalog.obj_description(k.oid, 'pg_constraint'),
                   ARRAY(SELECT t.tgrelid::regclass || ' ' || t.tgfoid || ' ' || t.tgenabled::text
                           FROM pg_catalog.pg_trigger t WHERE t.tgconstraint = k.oid AND t.tgenabled <> 'O'),
                   (SELECT c.relname FROM pg_catalog.pg_class c WHERE c.oid = k.conrelid),
                   NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
                                 AND a.atttypid NOT IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)),
                   k.confrelid::regclass::text
              FROM pg_catalog.pg_constraint k
             WHERE k.contype = 'f' AND k.conparentid = 0
               AND (k.conrelid IN (SELECT oid FROM family) OR k.confrelid IN (SELECT oid FROM family))
               AND NOT (k.conrelid IN (SELECT oid FROM family) AND (SELECT coalesce(pg_catalog.bool_and(t.tgenabled = 'D'), false)
                          FROM pg_catalog.pg_trigger t WHERE t.tgconstraint = k.oid AND t.tgrelid = k.conrelid))
             ORDER BY k.oid""";

    /** The new name of a trigger of a recreated foreign key. */
    private static final String TRIGGER_NOW = """
            SELECT pg_catalog.quote_ident(t.tgname) FROM pg_catalog.pg_trigger t
              JOIN pg_catalog.pg_constraint k ON k.oid = t.tgconstraint
             WHERE k.conrelid = ?::regclass AND pg_catalog.quote_ident(k.conname) = ? AND t.tgrelid = ?::regclass
               AND t.tgfoid = ?::oid""";

    /** Only indexes that CREATE INDEX recreates exactly: without comment, statistics target, tablespace or mark. */
    private static final String INDEXES = FAMILY + """

            SELECT i.indexrelid::regclass::text, pg_catalog.pg_get_indexdef(i.indexrelid)
              FROM pg_catalog.pg_index i JOIN family f ON f.oid = i.indrelid
              JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
             WHERE c.relkind = 'i' AND NOT c.relispartition AND c.reltablespace = 0
               AND i.indisvalid AND NOT i.indisprimary AND NOT i.indisclustered AND NOT i.indisreplident
               AND pg_catalog.obj_description(c.oid, 'pg_class') IS NULL
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = c.oid)
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attstattarget >= 0)
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                WHERE d.objid = c.oid AND d.classid = 'pg_catalog.pg_class'::regclass
                                  AND d.deptype IN ('e', 'x'))
             ORDER BY i.indexrelid""";

    /** A foreign key counts with its four triggers, on both sides. */
    private static final String LOCKS = FAMILY + """

            SELECT (SELECT count(*) FROM family)
                   + (SELECT count(*) FROM pg_catalog.pg_index i JOIN family f ON f.oid = i.indrelid)
                   + (SELECT count(*) FROM pg_catalog.pg_depend d JOIN family f ON f.oid = d.refobjid
                        JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S'
                       WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = d.classid)
                   + 5 * (SELECT count(*) FROM pg_catalog.pg_constraint k
                           WHERE k.contype = 'f'
                             AND (k.conrelid IN (SELECT oid FROM family) OR k.confrelid IN (SELECT oid FROM family)))""";

    private final Connection connection;
    private final String schema;
    private final List<String> triggers = new ArrayList<>();
    private final List<ForeignKey> foreignKeys = new ArrayList<>();
    private final KeysAside keys;
    private final List<Mode> modes = new ArrayList<>();
    private final List<String> indexes = new ArrayList<>();

    /**
     * Nothing is set aside yet.
     *
     * @param connection a session in a transaction, with an empty {@code search_path}, so that all names are qualified
     * @param schema where the tables are
     */
    public SetAside(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
        this.keys = new KeysAside(connection, schema);
    }

    /** About how many locks the transaction of a load takes: the tables and everything that depends on them. */
    public int locks(Collection<String> tables) throws SQLException {
        List<Integer> count = new ArrayList<>();
        each(LOCKS, tables, row -> count.add(row.getInt(1)));
        return count.get(0);
    }

    /**
     * Takes away what would slow down the load, act on it, or conflict with its order.
     *
     * @param tables the tables that are loaded
     * @param large those whose indexes are rebuilt afterwards
     * @param fired triggers that stay
     */
    public void take(Collection<String> tables, Set<String> large, Collection<Reshaping.Fired> fired)
            throws SQLException {
        List<String> statements = new ArrayList<>();
        each(TRIGGERS, tables, row -> {
            if (fired.contains(new Reshaping.Fired(row.getString(4), row.getString(5)))) {
                return;
            }
            String table = row.getString(1);
            String trigger = row.getString(2);
            statements.add("ALTER TABLE ONLY " + table + " DISABLE TRIGGER " + trigger);
            triggers.add("ALTER TABLE ONLY " + table + (row.getString(3).equals("A") ? " ENABLE ALWAYS" : " ENABLE")
                    + " TRIGGER " + trigger);
        });
        each(RULES, tables, row -> {
            String table = row.getString(1);
            String rule = row.getString(2);
            statements.add("ALTER TABLE " + table + " DISABLE RULE " + rule);
            triggers.add("ALTER TABLE " + table + (row.getString(3).equals("A") ? " ENABLE ALWAYS" : " ENABLE")
                    + " RULE " + rule);
        });
        each(FOREIGN_KEYS, tables, row -> {
            String table = row.getString(1);
            String name = row.getString(2);
            statements.add("ALTER TABLE " + table + " DROP CONSTRAINT " + name);
            String add = "ALTER TABLE " + table + " ADD CONSTRAINT " + name + " " + row.getString(3);
            List<String> sides = List.of(table, row.getString(8));
            foreignKeys.add(new ForeignKey(add, sides, large.contains(row.getString(6)) && row.getBoolean(7)));
            String comment = row.getString(4);
            if (comment != null) {
                foreignKeys.add(new ForeignKey(
                        "COMMENT ON CONSTRAINT " + name + " ON " + table + " IS " + Identifier.literal(comment),
                        List.of(),
                        false));
            }
            for (String mode : (String[]) row.getArray(5).getArray()) {
                String[] parts = mode.split(" (?=[^ ]+ [^ ]+$)| (?=[^ ]+$)");
                modes.add(new Mode(table, name, parts[0], parts[1], parts[2]));
            }
        });
        each(INDEXES, large, row -> {
            statements.add("DROP INDEX " + row.getString(1));
            indexes.add(row.getString(2));
        });
        execute(statements);
    }

    /**
     * Also drops primary keys and UNIQUE constraints that can be recreated exactly. To be called after {@link #take}.
     *
     * @param tables those that are loaded as a whole, and that nothing reads by key until {@link #indexesBack}
     */
    public void takeKeys(Collection<String> tables) throws SQLException {
        keys.take(tables);
    }

    /** Recreates the keys and indexes where they were: in the database's tablespace, whatever the role's default is. */
    public void indexesBack() throws SQLException {
        BulkSettings.enoughMemory(connection, true);
        execute(List.of("SET LOCAL default_tablespace = ''"));
        keys.back();
        execute(indexes);
    }

    /** Recreates the foreign keys; each checks all rows, unless it was NOT VALID. */
    public void foreignKeysBack() throws SQLException {
        Map<String, String> joins = BulkSettings.joins(connection);
        for (ForeignKey key : foreignKeys) {
            if (key.byOrder() && BulkSettings.areVisible(connection, key.sides())) {
                BulkSettings.joinByIndex(connection);
            } else if (key.byOrder()) {
                BulkSettings.joinByOrder(connection);
            }
            execute(List.of(key.sql()));
            if (key.byOrder()) {
                BulkSettings.joinAsBefore(connection, joins);
            }
        }
        for (Mode mode : modes) {
            execute(List.of("ALTER TABLE ONLY " + mode.side() + mode.how() + " TRIGGER " + now(mode)));
        }
    }

    private String now(Mode mode) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRIGGER_NOW)) {
            statement.setString(1, mode.table());
            statement.setString(2, mode.key());
            statement.setString(3, mode.side());
            statement.setString(4, mode.function());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /**
     * A statement that recreates a foreign key or its comment.
     *
     * @param sides the two tables, as SQL writes them
     * @param byOrder whether many integers are looked up
     */
    private record ForeignKey(String sql, List<String> sides, boolean byOrder) {
        private ForeignKey {
            sides = List.copyOf(sides);
        }
    }

    /**
     * The state of a foreign key's trigger that is not simply enabled; restoring it takes a superuser, as setting it
     * did.
     *
     * @param table the table of the key
     * @param key its name
     * @param side the table of the trigger
     * @param function the oid of the function that it calls, which distinguishes it from the key's other triggers
     * @param enabled as {@code pg_trigger.tgenabled} has it
     */
    private record Mode(String table, String key, String side, String function, String enabled) {
        String how() {
            return switch (enabled) {
                case "D" -> " DISABLE";
                case "R" -> " ENABLE REPLICA";
                default -> " ENABLE ALWAYS";
            };
        }
    }

    /** Enables the triggers and rules again, each as it was. */
    public void triggersBack() throws SQLException {
        execute(triggers);
    }

    private void execute(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @FunctionalInterface
    private interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    private void each(String sql, Collection<String> tables, RowTaker taker) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            statement.setArray(2, connection.createArrayOf("text", tables.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
        }
    }
}
