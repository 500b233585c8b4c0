package dev.outgrow.internal.sqlite.reshape;

import dev.outgrow.internal.sqlite.read.SqliteFailure;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The rows that were set aside, kept in a file of their own until they are in the target: there may be very many. */
public final class AsideRows implements AutoCloseable {
    /** SQLite compares text byte by byte, as Java compares what is in UTF-8. */
    private static final String SORTED = "SELECT number, of_table, foreign_key, row_key, row FROM aside"
            + " ORDER BY of_table, foreign_key, row_key, row";

    private static final Comparator<byte[]> BYTES = Arrays::compareUnsigned;
    private static final Comparator<Row> ORDER = Comparator.comparing((Row row) -> bytes(row.table), BYTES)
            .thenComparing(row -> bytes(row.foreignKey), BYTES)
            .thenComparing(row -> bytes(row.key), BYTES)
            .thenComparing(row -> bytes(row.json), BYTES);

    private final Connection connection;
    private long rows;

    AsideRows(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("CREATE TABLE aside (number INTEGER PRIMARY KEY, of_table TEXT, foreign_key TEXT,"
                    + " row_key TEXT, row TEXT)");
        }
    }

    /**
     * A row.
     *
     * @param number counted from 1 in the order in which they were set aside
     * @param table where it was
     * @param foreignKey by which it points to nothing, as {@code table.column}
     * @param key its key as text
     * @param json the row
     */
    public record Row(long number, String table, String foreignKey, String key, String json) {}

    /** Receives rows one by one. */
    @FunctionalInterface
    public interface Taker {
        void take(Row row) throws SQLException;
    }

    PreparedStatement inserting() throws SQLException {
        return connection.prepareStatement(
                "INSERT INTO aside (of_table, foreign_key, row_key, row) VALUES (?, ?, ?, ?)");
    }

    void add(PreparedStatement insert, String table, String foreignKey, String key, String json) throws SQLException {
        insert.setString(1, table);
        insert.setString(2, foreignKey);
        insert.setString(3, key);
        insert.setString(4, json);
        insert.executeUpdate();
        rows++;
    }

    /**
     * The rows that another state has not set aside.
     *
     * @param other of another state of the same source
     */
    public List<Row> notIn(AsideRows other) throws SQLException {
        List<Row> missing = new ArrayList<>();
        try (Statement here = connection.createStatement();
                Statement there = other.connection.createStatement();
                ResultSet ours = here.executeQuery(SORTED);
                ResultSet theirs = there.executeQuery(SORTED)) {
            boolean more = theirs.next();
            while (ours.next()) {
                Row row = row(ours);
                while (more && ORDER.compare(row(theirs), row) < 0) {
                    more = theirs.next();
                }
                if (more && ORDER.compare(row(theirs), row) == 0) {
                    more = theirs.next();
                } else {
                    missing.add(row);
                }
            }
        }
        return missing;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5));
    }

    /** How many there are. */
    public long rows() {
        return rows;
    }

    /** Reads them in their order. */
    public void each(Taker taker) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT number, of_table, foreign_key, row_key, row FROM aside ORDER BY number")) {
            while (row.next()) {
                taker.take(row(row));
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "closing the rows that were set aside");
        }
    }
}
