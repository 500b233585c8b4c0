package dev.outgrow.internal.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A connection in auto-commit mode that answers a few questions before it becomes a session of ours, watched like those. */
final class Watched implements AutoCloseable {
    private final Connection connection;
    private final @Nullable StallWatch watch;
    private final Pulse pulse = new Pulse();
    private final boolean autoCommit;

    /**
     * A watched connection.
     *
     * @param watch null if there is none
     */
    Watched(Connection connection, @Nullable StallWatch watch) throws SQLException {
        this.connection = connection;
        this.watch = watch;
        this.autoCommit = connection.getAutoCommit();
        if (watch != null) {
            watch.add(connection, pulse);
        }
        try {
            pulse.during(() -> {
                connection.setAutoCommit(true);
                return true;
            });
        } catch (SQLException | RuntimeException e) {
            unwatch();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** The one value of an answer. */
    String ask(String sql) throws SQLException {
        return pulse.during(() -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? String.valueOf(row.getString(1)) : "";
            }
        });
    }

    private void unwatch() {
        if (watch != null) {
            watch.remove(pulse);
        }
    }

    /** Gives the connection back in the mode that it had. */
    @Override
    public void close() throws SQLException {
        unwatch();
        if (!connection.isClosed()) {
            connection.setAutoCommit(autoCommit);
        }
    }
}
