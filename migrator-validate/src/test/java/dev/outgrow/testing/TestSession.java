package dev.outgrow.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection to a {@link TestDatabase} that is asked one query after another. For one thread. */
public final class TestSession implements AutoCloseable {
    private final Connection connection;

    TestSession(Connection connection) {
        this.connection = connection;
    }

    /**
     * The rows of a query, each value as PostgreSQL writes it.
     *
     * @param query the query
     */
    public List<List<@Nullable String>> rows(String query) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>(columns);
                for (int column = 1; column <= columns; column++) {
                    row.add(result.getString(column));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /**
     * The one value of a query of one row and one column, as PostgreSQL writes it.
     *
     * @param query the query
     * @throws IllegalStateException if there are more or fewer
     */
    public @Nullable String value(String query) {
        List<List<@Nullable String>> rows = rows(query);
        if (rows.size() != 1 || rows.get(0).size() != 1) {
            throw new IllegalStateException("Not one value: " + query);
        }
        return rows.get(0).get(0);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot end the session", e);
        }
    }
}
