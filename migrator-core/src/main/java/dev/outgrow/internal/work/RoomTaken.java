package dev.outgrow.internal.work;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.report.Room;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.OptionalLong;

/** Measures what an attempt takes on the disks of the server. */
public final class RoomTaken {
    /** The tables, and every partition under them. */
    private static final String SIZES = """
            WITH RECURSIVE family AS (
                SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = ? AND c.relname = ANY (?)
                UNION
                SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN family f ON f.oid = i.inhparent
            )
            SELECT coalesce(sum(pg_catalog.pg_table_size(oid)), 0)::pg_catalog.int8,
                   coalesce(sum(pg_catalog.pg_indexes_size(oid)), 0)::pg_catalog.int8
              FROM family""";

    private static final String LOG = "SELECT (pg_catalog.pg_current_wal_insert_lsn() - '0/0')::pg_catalog.int8";

    private final PgServer server;
    private final OptionalLong logBefore;

    private RoomTaken(PgServer server, OptionalLong logBefore) {
        this.server = server;
        this.logBefore = logBefore;
    }

    /**
     * Begins to count what is written.
     *
     * @param session a session of the server, perhaps in a transaction
     */
    static RoomTaken from(PgServer server, Connection session) throws SQLException {
        return new RoomTaken(server, log(server, session));
    }

    /**
     * Measures the result.
     *
     * @param connection a session that sees the tables
     * @param schema where they are
     * @param tables their names
     * @param backupBytes how large the copy of the source is
     */
    Room measure(Connection connection, String schema, Collection<String> tables, long backupBytes)
            throws SQLException {
        OptionalLong log = log(server, connection);
        OptionalLong written = log.isPresent() && logBefore.isPresent()
                ? OptionalLong.of(log.getAsLong() - logBefore.getAsLong())
                : OptionalLong.empty();
        try (PreparedStatement statement = connection.prepareStatement(SIZES)) {
            statement.setString(1, schema);
            statement.setArray(2, connection.createArrayOf("text", tables.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Room(row.getLong(1), row.getLong(2), written, backupBytes);
            }
        }
    }

    /**
     * The position of the write-ahead log: within a transaction read in a session of its own, since some services do not show it,
     * and that must not end the transaction.
     */
    private static OptionalLong log(PgServer server, Connection session) throws SQLException {
        if (session.getAutoCommit()) {
            return log(session);
        }
        try (Connection own = server.open()) {
            return log(own);
        } catch (SQLException | MigrationException untold) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong log(Connection session) {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(LOG)) {
            row.next();
            return OptionalLong.of(row.getLong(1));
        } catch (SQLException untold) {
            return OptionalLong.empty();
        }
    }
}
