package dev.outgrow.internal.late;

import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for sequences whose next value a row already has: the next INSERT would fail. It passes over tables that the role may not
 * read, since they belong to somebody else.
 */
public final class IdentityCheck {
    private static final String SEQUENCES = """
            SELECT format('%I.%I', n.nspname, t.relname), quote_ident(a.attname), format('%I.%I', sn.nspname, s.relname),
                   p.seqincrement
              FROM pg_depend d
              JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
              JOIN pg_namespace sn ON sn.oid = s.relnamespace
              JOIN pg_sequence p ON p.seqrelid = s.oid AND p.seqincrement > 0
              JOIN pg_class t ON t.oid = d.refobjid
              JOIN pg_namespace n ON n.oid = t.relnamespace
              JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
             WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
               AND has_table_privilege(t.oid, 'SELECT') AND has_table_privilege(s.oid, 'SELECT')
               AND d.deptype IN ('a', 'i') AND n.nspname = ? AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
             ORDER BY 1, 2""";

    /**
     * A sequence that fills a column.
     *
     * @param table the table, as SQL writes it
     * @param column the column, likewise
     * @param name the sequence, likewise
     * @param increment the distance between its values
     */
    record Sequence(String table, String column, String name, long increment) {
        /** The statement that sets it past the rows. */
        String repair() {
            return "SELECT setval('" + name.replace("'", "''") + "', (SELECT max(" + column + ") FROM " + table + "))";
        }
    }

    private IdentityCheck() {}

    /** The sequences that are behind, each with the statement that repairs it. */
    public static List<String> of(PgServer server, String schema) {
        try (Connection connection = server.open()) {
            List<String> behind = new ArrayList<>();
            for (Sequence sequence : sequences(connection, schema)) {
                if (isTaken(connection, sequence)) {
                    behind.add("The next value of " + sequence.table + "." + sequence.column
                            + " is behind its rows, so that an INSERT can fail. To repair it: " + sequence.repair()
                            + ";");
                }
            }
            return behind;
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at sequences");
        }
    }

    static List<Sequence> sequences(Connection connection, String schema) throws SQLException {
        List<Sequence> sequences = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SEQUENCES)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sequences.add(
                            new Sequence(rows.getString(1), rows.getString(2), rows.getString(3), rows.getLong(4)));
                }
            }
        }
        return sequences;
    }

    /**
     * The view of sequences does not show the position of one that has given out no value since it was set. What follows the greatest
     * bigint is none.
     */
    static boolean isTaken(Connection connection, Sequence sequence) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT coalesce((SELECT max(" + sequence.column + ") FROM "
                        + sequence.table + ") >= last_value::numeric + CASE WHEN is_called THEN " + sequence.increment
                        + " ELSE 0 END, false) FROM " + sequence.name)) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
