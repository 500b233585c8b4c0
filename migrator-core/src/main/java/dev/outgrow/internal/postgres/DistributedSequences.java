package dev.outgrow.internal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sequences that Citus has made known to its workers. It refuses ALTER SEQUENCE for them, so only setval can move
 * them, which a rollback does not undo: this remembers each position and restores it if the transaction fails. If the
 * process dies in between, a sequence stays ahead: numbers are skipped, but none is given twice. For one database and
 * one thread.
 */
public final class DistributedSequences {
    /** The sequences that Citus lists, and those of identity columns, which belong to their table. */
    private static final String KNOWN = """
            SELECT EXISTS (SELECT FROM pg_catalog.pg_dist_object o
                            WHERE o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND o.objid = s.oid)
                   OR EXISTS (SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_dist_partition p ON p.logicalrelid = d.refobjid
                               WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = s.oid
                                 AND d.refclassid = d.classid AND d.deptype IN ('a', 'i'))
              FROM pg_catalog.pg_class s WHERE s.oid = ?::pg_catalog.regclass""";

    private final List<Position> before = new ArrayList<>();
    private @Nullable Boolean citus;

    /** The position of a sequence. */
    private record Position(String sqlName, long last, boolean called) {}

    /** Whether Citus manages a sequence. */
    public boolean has(Connection connection, String sqlName) throws SQLException {
        if (citus == null) {
            citus = CitusTransaction.isCitus(connection);
        }
        if (!citus) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
            statement.setString(1, sqlName);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /**
     * Moves a sequence ahead.
     *
     * @param sqlName its qualified name as SQL writes it
     * @param last a value that it may give
     * @param called whether that value is taken, so that the following one comes next
     */
    public void move(Connection connection, String sqlName, long last, boolean called) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT last_value, is_called FROM " + sqlName)) {
            row.next();
            before.add(new Position(sqlName, row.getLong(1), row.getBoolean(2)));
        }
        set(connection, new Position(sqlName, last, called));
    }

    /** After a commit: the sequences stay where they are. */
    public void keep() {
        before.clear();
    }

    /** Restores the position of each. */
    public void takeBack(Connection connection) throws SQLException {
        for (Position position : before) {
            set(connection, position);
        }
        before.clear();
    }

    private static void set(Connection connection, Position position) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_catalog.setval(" + Identifier.literal(position.sqlName()) + ", "
                    + position.last() + ", " + position.called() + ")");
        }
    }
}
