package dev.outgrow.internal.proof;

import dev.outgrow.internal.postgres.Pulse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/**
 * A query of one of the databases whose rows are to be compared.
 *
 * @param connection where it runs
 * @param sql the query; its columns are those of {@code columns}, in order
 * @param columns what the columns are
 * @param source whether it is SQLite's
 */
record RowsQuery(Connection connection, String sql, List<ProvedColumn> columns, boolean source) {
    private static final int FETCH_ROWS = 1000;

    private static final byte[] NOTHING = {};

    /** Receives the rows one by one, always in the same array. */
    interface Consumer {
        /** Receives a row. */
        void accept(@Nullable Object[] row);
    }

    void forEach(TimeLimit limit, Consumer consumer) throws SQLException, InterruptedException {
        if (source) {
            forEachOfSource(limit, consumer);
        } else {
            forEachOfTarget(limit, consumer);
        }
    }

    /** Asks SQLite below JDBC, which takes several times as long for a value. */
    private void forEachOfSource(TimeLimit limit, Consumer consumer) throws SQLException, InterruptedException {
        @Nullable Object[] row = new @Nullable Object[columns.size()];
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            limit.watch(statement, "SQLite");
            try {
                DB database = connection.unwrap(SQLiteConnection.class).getDatabase();
                long pointer = ((CoreStatement) statement).pointer.safeRunLong((db, raw) -> raw);
                int result = database.step(pointer);
                for (long count = 1; result == Codes.SQLITE_ROW; count++) {
                    if (count % FETCH_ROWS == 0) {
                        demand(limit);
                    }
                    for (int i = 0; i < row.length; i++) {
                        row[i] = Canonical.ofSource(value(database, pointer, i), columns.get(i));
                    }
                    consumer.accept(row);
                    result = database.step(pointer);
                }
                if (result != Codes.SQLITE_DONE) {
                    database.throwex(result);
                }
            } finally {
                limit.unwatch();
            }
        }
    }

    private static @Nullable Object value(DB database, long pointer, int column) throws SQLException {
        return switch (database.column_type(pointer, column)) {
            case Codes.SQLITE_INTEGER -> database.column_long(pointer, column);
            case Codes.SQLITE_FLOAT -> database.column_double(pointer, column);
            case Codes.SQLITE_TEXT -> database.column_text(pointer, column);
            case Codes.SQLITE_BLOB -> Objects.requireNonNullElse(database.column_blob(pointer, column), NOTHING);
            default -> null;
        };
    }

    private void forEachOfTarget(TimeLimit limit, Consumer consumer) throws SQLException, InterruptedException {
        @Nullable Object[] row = new @Nullable Object[columns.size()];
        try (Statement statement = connection.createStatement()) {
            // Within a transaction, pgjdbc then reads through a cursor instead of taking all rows at once.
            statement.setFetchSize(FETCH_ROWS);
            limit.watch(statement, "PostgreSQL");
            Pulse pulse = Pulse.of(connection);
            try (ResultSet rows = statement.executeQuery(sql)) {
                int[] types = types(rows.getMetaData());
                for (long count = 1; pulse.next(rows); count++) {
                    if (count % FETCH_ROWS == 0) {
                        demand(limit);
                    }
                    for (int i = 0; i < row.length; i++) {
                        row[i] = Canonical.ofTarget(value(rows, i + 1, types[i]), columns.get(i));
                    }
                    consumer.accept(row);
                }
            } finally {
                limit.unwatch();
            }
        }
    }

    private static int[] types(ResultSetMetaData about) throws SQLException {
        int[] types = new int[about.getColumnCount()];
        for (int i = 0; i < types.length; i++) {
            types[i] = about.getColumnType(i + 1);
        }
        return types;
    }

    /** What {@code getObject} gives, which looks for the type of each value once more. */
    private static @Nullable Object value(ResultSet rows, int column, int type) throws SQLException {
        Object value = switch (type) {
            case Types.VARCHAR -> rows.getString(column);
            case Types.BIGINT -> rows.getLong(column);
            case Types.DOUBLE -> rows.getDouble(column);
            default -> rows.getObject(column);
        };
        return rows.wasNull() ? null : value;
    }

    private static void demand(TimeLimit limit) throws SQLException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        limit.demand();
    }
}
