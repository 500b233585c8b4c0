package dev.outgrow.internal.work;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.Pulse;
import dev.outgrow.internal.sqlite.reshape.AsideRows;
import dev.outgrow.internal.sqlite.reshape.AsideRows.Row;
import dev.outgrow.internal.sqlite.reshape.RowJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The table {@code outgrow.set_aside}: rows of the source that are in none of the app's tables, as JSON. */
public final class SetAsideTable {
    private static final int BATCH = 500;

    private SetAsideTable() {}

    /**
     * Makes the table if there are rows for it. That happens before anything is compared: a statement that makes a
     * table can fire event triggers of the app.
     *
     * @param connection to a database in which the schema {@code outgrow} is
     * @return whether it was made now
     */
    public static boolean make(Connection connection, AsideRows rows) throws SQLException {
        if (rows.rows() == 0) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            if (isThere(statement)) {
                return false;
            }
            // Two runs into two schemas may make it at once: then it exists for both.
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS outgrow.set_aside (
                        schema_name text NOT NULL, number bigint NOT NULL, table_name text NOT NULL,
                        foreign_key text NOT NULL, row_key text NOT NULL, "row" jsonb NOT NULL,
                        set_aside_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (schema_name, number))""");
            return true;
        }
    }

    /**
     * Writes the rows in the transaction of the connection, in place of those of an earlier migration into the schema, and reads
     * them back. Does nothing if there are none, now or before. A run that failed may have dropped the empty table meanwhile.
     *
     * @param schema the app's schema
     * @throws MigrationException if what is read back is another row
     */
    public static void fill(Connection connection, String schema, AsideRows rows) throws SQLException {
        make(connection, rows);
        try (Statement statement = connection.createStatement()) {
            if (!isThere(statement)) {
                return;
            }
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM outgrow.set_aside WHERE schema_name = ?")) {
            delete.setString(1, schema);
            delete.executeUpdate();
        }
        insert(connection, schema, rows);
        readBack(connection, schema, rows);
    }

    /**
     * Brings the table from one state of the source to a later one: what is set aside now and was not, comes after the rest; what
     * no longer is, goes, if it is still there.
     *
     * @param connection in a transaction
     * @param schema the app's schema
     */
    public static void change(Connection connection, String schema, AsideRows then, AsideRows now) throws SQLException {
        List<Row> added = now.notIn(then);
        List<Row> gone = then.notIn(now);
        make(connection, now);
        try (Statement statement = connection.createStatement()) {
            if (!isThere(statement)) {
                return;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO outgrow.set_aside (schema_name, number, table_name, foreign_key, row_key, \"row\")"
                        + " SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?::jsonb FROM outgrow.set_aside"
                        + " WHERE schema_name = ?")) {
            for (Row row : added) {
                describe(insert, schema, row);
                insert.setString(6, schema);
                insert.executeUpdate();
            }
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM outgrow.set_aside WHERE ctid ="
                + " (SELECT ctid FROM outgrow.set_aside WHERE schema_name = ? AND table_name = ? AND foreign_key = ?"
                + " AND row_key = ? AND \"row\" = ?::jsonb LIMIT 1)")) {
            for (Row row : gone) {
                describe(delete, schema, row);
                delete.executeUpdate();
            }
        }
    }

    private static void describe(PreparedStatement statement, String schema, Row row) throws SQLException {
        statement.setString(1, schema);
        statement.setString(2, row.table());
        statement.setString(3, row.foreignKey());
        statement.setString(4, row.key());
        statement.setString(5, row.json());
    }

    private static boolean isThere(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_catalog.to_regclass('outgrow.set_aside') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void insert(Connection connection, String schema, AsideRows rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO outgrow.set_aside (schema_name, number, table_name, foreign_key, row_key, \"row\")"
                        + " VALUES (?, ?, ?, ?, ?, ?::jsonb)")) {
            rows.each(row -> {
                insert.setString(1, schema);
                insert.setLong(2, row.number());
                insert.setString(3, row.table());
                insert.setString(4, row.foreignKey());
                insert.setString(5, row.key());
                insert.setString(6, row.json());
                insert.addBatch();
                if (row.number() % BATCH == 0) {
                    insert.executeBatch();
                }
            });
            insert.executeBatch();
        }
    }

    private static void readBack(Connection connection, String schema, AsideRows rows) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT \"row\"::text FROM outgrow.set_aside WHERE schema_name = ? ORDER BY number")) {
            select.setFetchSize(BATCH);
            select.setString(1, schema);
            Pulse pulse = Pulse.of(connection);
            try (ResultSet there = select.executeQuery()) {
                rows.each(row -> {
                    if (!pulse.next(there) || !RowJson.same(row.json(), there.getString(1))) {
                        throw new MigrationException(
                                Reason.VALIDATION_FAILED,
                                "Row " + row.key() + " of table " + row.table()
                                        + " is not in outgrow.set_aside as it is in the source.",
                                "nothing was published. Please report it with this message.",
                                null);
                    }
                });
            }
        }
    }
}
