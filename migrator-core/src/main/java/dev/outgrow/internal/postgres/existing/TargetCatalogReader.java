package dev.outgrow.internal.postgres.existing;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.math.LongMath;
import dev.outgrow.internal.postgres.CitusTransaction;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.existing.TargetTable.CheckConstraint;
import dev.outgrow.internal.postgres.existing.TargetTable.ForeignKey;
import dev.outgrow.internal.postgres.existing.TargetTable.Trigger;
import dev.outgrow.internal.postgres.existing.TargetTable.UniqueKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the catalog of a schema. Writes nothing; the server prints all names qualified. */
public final class TargetCatalogReader {
    /**
     * Excludes objects of extensions, and partitions, which are reached through their parent. A table with a partition
     * on another server counts as foreign: its transactions are not ours.
     */
    private static final String TABLES = """
            WITH RECURSIVE parts (root, oid) AS (
                SELECT i.inhparent, i.inhrelid FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
                 WHERE p.relkind = 'p'
                UNION SELECT parts.root, i.inhrelid FROM parts JOIN pg_catalog.pg_inherits i ON i.inhparent = parts.oid)
            SELECT c.oid, c.relname,
                   CASE WHEN c.relkind = 'p' AND EXISTS (SELECT FROM parts JOIN pg_catalog.pg_class f ON f.oid = parts.oid
                             WHERE parts.root = c.oid AND f.relkind = 'f') THEN 'f' ELSE c.relkind END AS kind, pg_catalog.pg_has_role(c.relowner, 'USAGE') AS owned,
                   c.relkind IN ('r', 'p') AND pg_catalog.row_security_active(c.oid) AS hidden,
                   EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'x')
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
             ORDER BY c.relname COLLATE "C\"""";

    private static final String COLUMNS = """
            SELECT a.attrelid, a.attname, a.atttypid, a.atttypmod, pg_catalog.format_type(a.atttypid, a.atttypmod),
                   a.attnotnull, a.attgenerated <> '', a.attidentity <> '',
                   pg_catalog.pg_get_expr(d.adbin, d.adrelid),
                   pg_catalog.pg_get_serial_sequence(c.oid::regclass::text, a.attname),
                   (SELECT pg_catalog.quote_ident(s.nspname) || '.' || pg_catalog.quote_ident(l.collname)
                      FROM pg_catalog.pg_collation l JOIN pg_catalog.pg_namespace s ON s.oid = l.collnamespace
                      JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                     WHERE l.oid = a.attcollation AND a.attcollation <> t.typcollation),
                   (SELECT pg_catalog.max(p.prosrc) FROM pg_catalog.pg_depend e JOIN pg_catalog.pg_proc p ON p.oid = e.refobjid
                     WHERE e.classid = 'pg_catalog.pg_attrdef'::regclass AND e.objid = d.oid
                       AND e.refclassid = 'pg_catalog.pg_proc'::regclass AND p.pronargs = 0),
                   (SELECT pg_catalog.min(e.refobjid::regclass::text) FROM pg_catalog.pg_depend e
                      JOIN pg_catalog.pg_sequence s ON s.seqrelid = e.refobjid
                     WHERE e.classid = 'pg_catalog.pg_attrdef'::regclass AND e.objid = d.oid
                       AND e.refclassid = 'pg_catalog.pg_class'::regclass)
              FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
             WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attrelid, a.attnum""";

    /** Citus refuses NULL in the column by which it spreads the rows, whatever the column says. */
    private static final String OR_SPREADS = """
            a.attnotnull OR EXISTS (SELECT FROM pg_catalog.pg_dist_partition p WHERE p.logicalrelid = c.oid AND p.partmethod = 'h'
                AND pg_catalog.column_to_column_name(p.logicalrelid, p.partkey) = a.attname)""";

    private static final String CHECKS = """
            SELECT k.conrelid, k.conname, pg_catalog.pg_get_expr(k.conbin, k.conrelid),
                   ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u (attnum, position)
                           JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum
                          ORDER BY position)
              FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
             WHERE n.nspname = ? AND k.contype = 'c' AND k.conrelid <> 0
               AND pg_catalog.pg_get_constraintdef(k.oid) NOT LIKE '% NOT ENFORCED' ORDER BY k.conname""";

    private static final String KEYS = """
            SELECT i.indrelid, x.relname, pg_catalog.pg_get_expr(i.indpred, i.indrelid),
                   ARRAY(SELECT pg_catalog.pg_get_indexdef(i.indexrelid, position, true)
                           FROM generate_series(1, i.indnkeyatts) position ORDER BY position),
                   ARRAY(SELECT a.attname::text FROM generate_series(0, i.indnkeyatts - 1) position
                           JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[position]
                          WHERE i.indkey[position] <> 0 ORDER BY position),
                   i.indnkeyatts, pg_catalog.pg_get_indexdef(i.indexrelid) NOT LIKE '% NULLS NOT DISTINCT%'
              FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
              JOIN pg_catalog.pg_class c ON c.oid = i.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND i.indisunique AND i.indisvalid ORDER BY x.relname""";

    private static final String FOREIGN_KEYS = """
            SELECT k.conrelid, k.conname, pn.nspname, p.relname,
                   k.convalidated AND NOT (SELECT coalesce(pg_catalog.bool_and(t.tgenabled = 'D'), false) FROM pg_catalog.pg_trigger t
                                            WHERE t.tgconstraint = k.oid AND t.tgrelid = k.conrelid),
                   ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u (attnum, position)
                           JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum
                          ORDER BY position),
                   ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u (attnum, position)
                           JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum
                          ORDER BY position), k.confmatchtype = 'f',
                   ARRAY(SELECT pg_catalog.format('OPERATOR(%I.%s)', s.nspname, o.oprname)
                           FROM unnest(k.conpfeqop) WITH ORDINALITY u (op, position)
                           JOIN pg_catalog.pg_operator o ON o.oid = u.op
                           JOIN pg_catalog.pg_namespace s ON s.oid = o.oprnamespace ORDER BY position),
                   EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgconstraint = k.oid AND t.tgenabled = 'D')
              FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
              JOIN pg_catalog.pg_class p ON p.oid = k.confrelid JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
             WHERE n.nspname = ? AND k.contype = 'f' AND k.conparentid = 0 ORDER BY k.conname""";

    private static final String SEQUENCES = """
            SELECT c.oid::regclass::text, c.relname, s.seqincrement, s.seqmin, s.seqmax,
                   pg_catalog.pg_has_role(c.relowner, 'USAGE')
              FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? OR c.oid::regclass::text = ANY (?) ORDER BY 1""";

    private static final Pattern NEXTVAL = Pattern.compile("nextval\\(\\(?'((?:[^']|'')+)'::(?:regclass|text)");

    /** A default that calls a function and does nothing with what it gives. */
    private static final Pattern CALL = Pattern.compile("[\\w.\"]+\\(\\)");

    /** A function that gives the next value of a sequence, and nothing made of it. */
    private static final Pattern GIVES_NEXTVAL = Pattern.compile(
            "(?is)\\s*(?:begin\\s+)?(?:return|select)\\s+(?:pg_catalog\\.)?nextval\\s*\\(\\s*'([^']+)'(?:::\\w+)?\\s*\\)"
                    + "(?:::\\w+)?\\s*;?\\s*(?:end\\s*;?)?\\s*");

    /** Those that a load can fire. The bits of {@code tgtype}: for each row, before, INSERT. */
    private static final String TRIGGERS = """
            SELECT t.tgrelid, t.tgname, t.tgtype & 7 = 7, coalesce(p.prosrc, '') || ' ' || replace(encode(t.tgargs, 'escape'), '\\000', ' ')
              FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
             WHERE n.nspname = ? AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgtype & 4 = 4
             ORDER BY t.tgname""";

    private final Connection connection;
    private final String schema;

    private TargetCatalogReader(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /**
     * Reads a schema.
     *
     * @param connection a session of the target; its {@code search_path} is afterwards as the caller left it
     * @param schema the schema's name
     */
    public static TargetCatalog read(Connection connection, String schema) throws SQLException {
        String before = text(connection, "SELECT pg_catalog.current_setting('search_path')");
        try {
            setSearchPath(connection, "");
            return new TargetCatalogReader(connection, schema)
                    .read(text(connection, "SELECT pg_catalog.current_setting('outgrow.search_path')"));
        } finally {
            setSearchPath(connection, before);
        }
    }

    private record Head(String name, char kind, boolean owned, boolean hidden, boolean exclusions) {}

    private TargetCatalog read(String searchPath) throws SQLException {
        Map<Long, Head> heads = new LinkedHashMap<>();
        each(
                TABLES,
                row -> heads.put(
                        row.getLong(1),
                        new Head(
                                row.getString(2),
                                row.getString(3).charAt(0),
                                row.getBoolean(4),
                                row.getBoolean(5),
                                row.getBoolean(6))));
        ListMultimap<Long, TargetColumn> columns = columns(searchPath);
        ListMultimap<Long, CheckConstraint> checks = ArrayListMultimap.create();
        each(
                CHECKS,
                row -> checks.put(
                        row.getLong(1),
                        new CheckConstraint(row.getString(2), texts(row.getArray(4)), row.getString(3))));
        ListMultimap<Long, UniqueKey> keys = ArrayListMultimap.create();
        each(KEYS, row -> {
            List<String> names = texts(row.getArray(5));
            keys.put(
                    row.getLong(1),
                    new UniqueKey(
                            row.getString(2),
                            texts(row.getArray(4)),
                            names.size() == row.getInt(6) ? names : List.of(),
                            Optional.ofNullable(row.getString(3)),
                            row.getBoolean(7)));
        });
        ListMultimap<Long, ForeignKey> foreignKeys = ArrayListMultimap.create();
        each(
                FOREIGN_KEYS,
                row -> foreignKeys.put(
                        row.getLong(1),
                        new ForeignKey(
                                row.getString(2),
                                texts(row.getArray(6)),
                                row.getString(3),
                                row.getString(4),
                                texts(row.getArray(7)),
                                row.getBoolean(5),
                                row.getBoolean(8),
                                texts(row.getArray(9)),
                                row.getBoolean(10))));
        ListMultimap<Long, Trigger> triggers = ArrayListMultimap.create();
        each(
                TRIGGERS,
                row -> triggers.put(
                        row.getLong(1), new Trigger(row.getString(2), row.getBoolean(3), row.getString(4))));
        List<TargetTable> tables = new ArrayList<>();
        for (Map.Entry<Long, Head> entry : heads.entrySet()) {
            Head head = entry.getValue();
            boolean table = head.kind == 'r' || head.kind == 'p';
            tables.add(new TargetTable(
                    schema,
                    head.name,
                    head.kind,
                    head.owned,
                    head.hidden,
                    table && head.owned && hasRows(head.name, head.kind),
                    columns.get(entry.getKey()),
                    checks.get(entry.getKey()),
                    keys.get(entry.getKey()),
                    foreignKeys.get(entry.getKey()),
                    head.exclusions,
                    triggers.get(entry.getKey())));
        }
        return new TargetCatalog(schema, tables, sequences(columns));
    }

    private boolean hasRows(String table, char kind) throws SQLException {
        String rows = (kind == 'r' ? "ONLY " : "") + Identifier.qualified(schema, table);
        return text(connection, "SELECT EXISTS (SELECT 1 FROM " + rows + ")").equals("t");
    }

    private ListMultimap<Long, TargetColumn> columns(String searchPath) throws SQLException {
        ListMultimap<Long, TargetColumn> columns = ArrayListMultimap.create();
        TypeReader types = new TypeReader(connection);
        boolean citus = CitusTransaction.isCitus(connection);
        each(citus ? COLUMNS.replace("a.attnotnull", OR_SPREADS) : COLUMNS, row -> {
            TypeReader.Described type = types.describe(row.getLong(3), row.getInt(4));
            Optional<String> expression = Optional.ofNullable(row.getString(9));
            Optional<String> own = Optional.ofNullable(row.getString(10));
            Optional<String> drawn = Optional.ofNullable(row.getString(13));
            if (drawn.isEmpty() && !row.getBoolean(7)) {
                drawn = named(expression, Optional.ofNullable(row.getString(12)), searchPath);
            }
            Optional<String> sequence = drawn.isPresent() ? drawn : own;
            columns.put(
                    row.getLong(1),
                    new TargetColumn(
                            row.getString(2),
                            row.getString(5),
                            type.baseName(),
                            type.type(),
                            type.domainChecks(),
                            row.getBoolean(6) || type.notNull(),
                            row.getBoolean(7),
                            expression,
                            row.getBoolean(8),
                            sequence,
                            own.equals(sequence) ? Optional.empty() : own,
                            Optional.ofNullable(row.getString(11))));
        });
        return columns;
    }

    /**
     * The sequence that a default names: by its oid, or by a text that is resolved with the session's path or in this
     * schema; or the one whose next value a function gives that the default consists of.
     */
    private Optional<String> named(Optional<String> expression, Optional<String> function, String searchPath)
            throws SQLException {
        Matcher matcher = NEXTVAL.matcher(expression.orElse(""));
        if (!matcher.find()) {
            matcher = GIVES_NEXTVAL.matcher(function.orElse(""));
            if (!CALL.matcher(expression.orElse("")).matches() || !matcher.matches()) {
                return Optional.empty();
            }
        }
        String name = matcher.group(1).replace("''", "'");
        setSearchPath(
                connection,
                searchPath.isEmpty() ? Identifier.quote(schema) : Identifier.quote(schema) + ", " + searchPath);
        String oid = text(
                connection,
                "SELECT coalesce(pg_catalog.to_regclass(" + Identifier.literal(name) + ")::oid::text, '0')");
        setSearchPath(connection, "");
        return oid.equals("0") ? Optional.empty() : Optional.of(text(connection, "SELECT " + oid + "::regclass::text"));
    }

    private List<TargetSequence> sequences(ListMultimap<Long, TargetColumn> columns) throws SQLException {
        Set<String> used = new LinkedHashSet<>();
        columns.values().forEach(column -> {
            column.sequence().ifPresent(used::add);
            column.idleSequence().ifPresent(used::add);
        });
        List<TargetSequence> sequences = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SEQUENCES)) {
            statement.setString(1, schema);
            statement.setArray(2, connection.createArrayOf("text", used.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    boolean ours = row.getBoolean(6);
                    long increment = row.getLong(3);
                    sequences.add(new TargetSequence(
                            row.getString(1),
                            row.getString(2),
                            ours ? next(row.getString(1), increment) : 0,
                            increment,
                            row.getLong(4),
                            row.getLong(5),
                            ours));
                }
            }
        }
        return sequences;
    }

    private long next(String sequence, long increment) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT last_value, is_called FROM " + sequence)) {
            row.next();
            return LongMath.saturatedAdd(row.getLong(1), row.getBoolean(2) ? increment : 0);
        }
    }

    @FunctionalInterface
    private interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    private void each(String sql, RowTaker taker) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
        }
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private static void setSearchPath(Connection connection, String path) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.set_config('search_path', ?, false)")) {
            statement.setString(1, path);
            statement.execute();
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
