package dev.outgrow.internal.proof;

import dev.outgrow.internal.postgres.Pulse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Receives the rows one by one, always in the same array. */
    interface Consumer {
        /** Receives a row. */
        void accept(@Nullable Object[] row);
    }

    void forEach(TimeLimit limit, Consumer consumer) throws SQLException, InterruptedException {
        @Nullable Object[] row = new @Nullable Object[columns.size()];
        try (Statement statement = connection.createStatement()) {
            // Within a transaction, pgjdbc then reads through a cursor instead of taking all rows at once.
            statement.setFetchSize(FETCH_ROWS);
            limit.watch(statement, source ? "SQLite" : "PostgreSQL");
            Pulse pulse = Pulse.of(connection);
            try (ResultSet rows = statement.executeQuery(sql)) {
                long count = 0;
                while (pulse.next(rows)) {
                    if (++count % FETCH_ROWS == 0) {
                        if (Thread.interrupted()) {
                            throw new InterruptedException();
                        }
                        limit.demand();
                    }
                    for (int i = 0; i < row.length; i++) {
                        Object value = rows.getObject(i + 1);
                        ProvedColumn column = columns.get(i);
                        row[i] = source ? Canonical.ofSource(value, column) : Canonical.ofTarget(value, column);
                    }
                    consumer.accept(row);
                }
            } finally {
                limit.unwatch();
            }
        }
    }
}
