package dev.outgrow.internal.wayback;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Rowids in ascending order. Not safe for concurrent use. */
final class Rowids implements AutoCloseable {
    private final Statement statement;
    private final ResultSet rows;
    private boolean there;
    private long current;

    private Rowids(Statement statement, ResultSet rows) throws SQLException {
        this.statement = statement;
        this.rows = rows;
        move();
    }

    /** Those that a query gives, in order. */
    static Rowids of(Connection connection, String query) throws SQLException {
        Statement statement = connection.createStatement();
        try {
            return new Rowids(statement, statement.executeQuery(query));
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** Whether there is a current one. */
    boolean isThere() {
        return there;
    }

    long current() {
        return current;
    }

    /** Moves to the next. */
    void move() throws SQLException {
        there = rows.next();
        current = there ? rows.getLong(1) : 0;
    }

    /** Whether this is one of them; asked in ascending order. */
    boolean contain(long rowid) throws SQLException {
        while (there && current < rowid) {
            move();
        }
        return there && current == rowid;
    }

    @Override
    public void close() throws SQLException {
        try (statement) {
            rows.close();
        }
    }
}
