package dev.outgrow;

import dev.outgrow.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Work that an application might have done in a database since: rows deleted, inserted and changed, keys among them, whatever its
 * constraints let through.
 */
final class RandomWork {
    private static final String COLUMNS = """
            SELECT quote_ident(c.relname), quote_ident(a.attname), a.attgenerated <> '' OR a.attidentity <> '',
                   coalesce((SELECT bool_or(a.attnum = ANY (k.conkey)) FROM pg_constraint k
                              WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u')), false),
                   format_type(a.atttypid, NULL), a.atthasdef
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname, a.attnum""";

    private final Random random;
    private final Set<String> leftAlone;
    private int done;

    RandomWork(long seed) {
        this(seed, Set.of());
    }

    /**
     * Work.
     *
     * @param leftAlone the names of tables, in lower case, that it does not touch itself
     */
    RandomWork(long seed, Set<String> leftAlone) {
        random = new Random(seed);
        this.leftAlone = leftAlone;
    }

    private record Column(String table, String name, boolean given, boolean key, String type, boolean defaulted) {}

    /** Works on every table of the schema public; says how many statements did something. */
    int on(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT setseed(" + random.nextDouble() + ")");
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
            List<Column> columns = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(COLUMNS)) {
                while (rows.next()) {
                    columns.add(new Column(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getBoolean(3),
                            rows.getBoolean(4),
                            rows.getString(5),
                            rows.getBoolean(6)));
                }
            }
            for (String table : columns.stream().map(Column::table).distinct().toList()) {
                if (leftAlone.contains(table.replace("\"", "").toLowerCase(Locale.ROOT))) {
                    continue;
                }
                List<Column> own = columns.stream()
                        .filter(column -> column.table().equals(table))
                        .toList();
                delete(connection, table);
                insert(connection, table, own);
                insertWithDefaults(connection, table, own);
                for (Column column : own) {
                    change(connection, table, column);
                }
            }
            connection.commit();
        }
        return done;
    }

    private void delete(Connection connection, String table) throws SQLException {
        tried(
                connection,
                "DELETE FROM " + table + " WHERE ctid IN (SELECT ctid FROM " + table + " ORDER BY random() LIMIT 3)");
    }

    /** Copies of rows, with keys of their own. */
    private void insert(Connection connection, String table, List<Column> columns) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Column column : columns) {
            if (!column.given()) {
                names.add(column.name());
                values.add(column.key() ? fresh(column) : column.name());
            }
        }
        if (!names.isEmpty()) {
            tried(
                    connection,
                    "INSERT INTO " + table + "(" + String.join(", ", names) + ") SELECT " + String.join(", ", values)
                            + " FROM " + table + " ORDER BY random() LIMIT 4");
        }
    }

    /** Copies of rows, in which sequences and other defaults give what they give. */
    private void insertWithDefaults(Connection connection, String table, List<Column> columns) throws SQLException {
        List<String> names = columns.stream()
                .filter(column -> !column.given() && !column.defaulted())
                .map(Column::name)
                .toList();
        if (!names.isEmpty() && names.size() < columns.size()) {
            String list = String.join(", ", names);
            tried(connection, "INSERT INTO " + table + "(" + list + ") SELECT " + list + " FROM " + table + " LIMIT 2");
        }
    }

    private static String fresh(Column column) {
        return switch (column.type()) {
            case "bigint", "integer", "smallint", "numeric" -> column.name() + " + 1000";
            case "text", "citext", "character varying" -> column.name() + " || ' new'";
            case "uuid" -> "gen_random_uuid()";
            default -> column.name();
        };
    }

    private void change(Connection connection, String table, Column column) throws SQLException {
        String value = switch (column.type()) {
            case "boolean" -> "NOT " + column.name();
            case "timestamp without time zone", "timestamp with time zone" ->
                column.name() + " + interval '1 day 250 milliseconds'";
            case "date" -> column.name() + " + 1";
            case "double precision", "real" -> column.name() + " / 3";
            case "bytea" -> column.name() + " || '\\x00ff'::bytea";
            case "numeric" -> column.name() + " + 0.25";
            case "bigint", "integer", "smallint" -> column.name() + " + " + (column.key() ? 5000 : 1);
            case "text", "character varying", "citext" -> column.name() + " || ' \u00e4'";
            default -> "(SELECT o." + column.name() + " FROM " + table + " o ORDER BY random() LIMIT 1)";
        };
        tried(
                connection,
                "UPDATE " + table + " SET " + column.name() + " = " + value + " WHERE ctid IN (SELECT ctid FROM "
                        + table + " ORDER BY random() LIMIT " + (1 + random.nextInt(4)) + ")");
        if (random.nextInt(4) == 0) {
            tried(
                    connection,
                    "UPDATE " + table + " SET " + column.name() + " = NULL WHERE ctid IN (SELECT ctid FROM " + table
                            + " ORDER BY random() LIMIT 1)");
        }
    }

    /** What a constraint refuses is not done. */
    private void tried(Connection connection, String sql) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            done += statement.executeUpdate(sql) > 0 ? 1 : 0;
            connection.releaseSavepoint(before);
        } catch (SQLException refused) {
            connection.rollback(before);
        }
    }
}
