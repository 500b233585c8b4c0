package dev.outgrow.internal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings that any role may change, with which PostgreSQL creates the keys of many rows in less time. */
public final class BulkSettings {
    /**
     * With this setting the keys of a parent of a million rows stay in memory while a foreign key is validated; a larger
     * setting is kept.
     */
    private static final String ENOUGH_MEMORY = """
            SELECT pg_catalog.set_config('maintenance_work_mem', '128MB', ?)
             WHERE pg_catalog.pg_size_bytes(pg_catalog.current_setting('maintenance_work_mem'))
                   < pg_catalog.pg_size_bytes('128MB')""";

    /**
     * Whoever sorts at the server's side of this very machine takes the processors from everybody else. Otherwise the
     * server's memory and parallel workers cost us nothing.
     */
    private static final String LITTLE_MEMORY = """
            SELECT pg_catalog.set_config('maintenance_work_mem', ?, true)
             WHERE pg_catalog.inet_client_addr() IS NOT DISTINCT FROM pg_catalog.inet_server_addr()
               AND pg_catalog.pg_size_bytes(pg_catalog.current_setting('maintenance_work_mem')) > pg_catalog.pg_size_bytes(?)""";

    /** Runs of this size are sorted within the caches of a processor. */
    private static final long RUN_MEGABYTES = 16;

    /** As many runs are merged at once. */
    private static final long MOST_RUNS = 48;

    /** What the server needs for an entry while it sorts, besides the entry's key. */
    private static final long ENTRY_BYTES = 40;

    /** Leaves the planner only a merge of both sides, each read to its end and sorted. */
    private static final String JOIN_BY_ORDER = """
            SET LOCAL enable_hashjoin = off;
            SET LOCAL enable_indexscan = off;
            SET LOCAL enable_indexonlyscan = off;
            SET LOCAL enable_bitmapscan = off""";

    /** Leaves the planner a merge of both sides, each in the order of its index or sorted. */
    private static final String JOIN_BY_INDEX = """
            SET LOCAL enable_hashjoin = off;
            SET LOCAL enable_bitmapscan = off""";

    private static final String JOINS = """
            SELECT name, setting FROM pg_catalog.pg_settings
             WHERE name IN ('enable_hashjoin', 'enable_indexscan', 'enable_indexonlyscan', 'enable_bitmapscan')""";

    /** As of the last index that was made. Since PostgreSQL 16 a load leaves some pages without rows at the end. */
    private static final String ARE_VISIBLE = """
            SELECT pg_catalog.bool_and(relpages > 0 AND relallvisible >= 0.9 * relpages)
              FROM pg_catalog.pg_class WHERE oid = ANY (?::pg_catalog.regclass[])""";

    private BulkSettings() {}

    /**
     * Gives a session enough memory to create keys.
     *
     * @param local whether only for the rest of the transaction
     */
    public static void enoughMemory(Connection connection, boolean local) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENOUGH_MEMORY)) {
            statement.setBoolean(1, local);
            statement.execute();
        }
    }

    /**
     * For the rest of the transaction, makes a server on the same machine build indexes with the least work: without
     * parallel workers, and by merging runs that fit into the processor's caches. That takes two thirds of the
     * processor time, and pays where other sessions need all processors meanwhile.
     *
     * @param rows of the table
     * @param bytes of its values, about
     */
    public static void sortWithLittleWork(Connection connection, long rows, long bytes) throws SQLException {
        String size = Math.max(RUN_MEGABYTES, ((rows * ENTRY_BYTES + bytes) / MOST_RUNS) >> 20) + "MB";
        try (PreparedStatement statement = connection.prepareStatement(LITTLE_MEMORY)) {
            statement.setString(1, size);
            statement.setString(2, size);
            statement.execute();
        }
    }

    /**
     * Makes PostgreSQL look for orphans of integer keys by sorting, for the rest of the transaction. By default it
     * looks up each row's key in a hash table that is too large for the processor's caches, which takes twice as long
     * since PostgreSQL 15, and as long before.
     */
    public static void joinByOrder(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(JOIN_BY_ORDER);
        }
    }

    /**
     * Likewise, if all rows are known to be visible: the planner may then take the order from indexes, whose entries
     * alone tell the keys, which takes half as long as sorting them.
     */
    public static void joinByIndex(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(JOIN_BY_INDEX);
        }
    }

    /**
     * Whether the server knows of nearly all rows of some tables that they are visible.
     *
     * @param tables as SQL writes them
     */
    public static boolean areVisible(Connection connection, Collection<String> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ARE_VISIBLE)) {
            statement.setArray(1, connection.createArrayOf("text", tables.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** The settings that {@link #joinByOrder} changes, as they are now, for {@link #joinAsBefore}. */
    public static Map<String, String> joins(Connection connection) throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(JOINS)) {
            while (row.next()) {
                settings.put(row.getString(1), row.getString(2));
            }
        }
        return settings;
    }

    /** Restores the settings that {@link #joinByOrder} changed, within the same transaction. */
    public static void joinAsBefore(Connection connection, Map<String, String> before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_catalog.set_config(?, ?, true)")) {
            for (Map.Entry<String, String> setting : before.entrySet()) {
                statement.setString(1, setting.getKey());
                statement.setString(2, setting.getValue());
                statement.execute();
            }
        }
    }
}
