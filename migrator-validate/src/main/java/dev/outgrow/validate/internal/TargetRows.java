package dev.outgrow.validate.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLState;

/**
 * The rows of a query of PostgreSQL in the bytes of binary COPY, one at a time. A row is the array that the driver
 * received, with the position of each field; no object is created for a value.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">PostgreSQL, COPY, "Binary Format"</a>
 */
public final class TargetRows extends RowFields implements AutoCloseable {
    private static final int SIGNATURE = 11;

    /**
     * Up to this many remaining bytes a query is read to its end: that is faster than cancelling, and there is no race
     * with its end.
     */
    private static final long LITTLE = 1L << 20;

    /** Tells the server to stop the query of a connection. */
    @FunctionalInterface
    interface Canceller {
        void cancel() throws SQLException;
    }

    private final CopyOut copy;
    private final Canceller canceller;
    private int position;
    private int rowStart;
    private long received;
    private boolean begun;
    private boolean ended;

    TargetRows(CopyOut copy, Canceller canceller, int columns) {
        super(columns);
        this.copy = copy;
        this.canceller = canceller;
    }

    /**
     * Begins to read.
     *
     * @param query a query of as many columns
     */
    public static TargetRows of(Connection connection, String query, int columns) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        CopyOut copy = postgres.getCopyAPI().copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)");
        return new TargetRows(copy, postgres::cancelQuery, columns);
    }

    /** Where in {@link #bytes()} the current row begins, with the number of its fields. */
    int start() {
        return rowStart;
    }

    /** The bytes of the current row. */
    int size() {
        return position - rowStart;
    }

    @Override
    long takeReceived() {
        long result = received;
        received = 0;
        return result;
    }

    @Override
    public boolean next() throws SQLException {
        if (ended) {
            return false;
        }
        if (!begun) {
            begun = true;
            skipHeader();
        }
        rowStart = position;
        need(2);
        int fields = shortAt(position);
        if (fields < 0) {
            skipRest(Long.MAX_VALUE);
            return false;
        }
        if (fields != offsets.length) {
            throw new SQLException("COPY gave " + fields + " fields where " + offsets.length + " were asked for");
        }
        position += 2;
        for (int i = 0; i < fields; i++) {
            need(4);
            int length = intAt(position);
            position += 4;
            offsets[i] = position;
            lengths[i] = length;
            if (length > 0) {
                need(length);
                position += length;
            }
        }
        return true;
    }

    /** Reads to the end of the query, so that the connection is free again. */
    private void skipRest(long mostBytes) throws SQLException {
        long left = mostBytes;
        for (byte[] more = copy.readFromCopy(); more != null; more = copy.readFromCopy()) {
            // What still arrives is ignored.
            left -= more.length;
            if (left < 0) {
                return;
            }
        }
        ended = true;
    }

    private void skipHeader() throws SQLException {
        need(SIGNATURE + 8);
        int extension = intAt(position + SIGNATURE + 4);
        position += SIGNATURE + 8;
        need(extension);
        position += extension;
    }

    /**
     * Makes sure that this many bytes are available from the position on. PostgreSQL sends a row as one message, so
     * that is nearly always the case; but its protocol does not promise it, and then messages are joined.
     */
    private void need(int count) throws SQLException {
        while (bytes.length - position < count) {
            byte[] more = copy.readFromCopy();
            if (more == null) {
                throw new SQLException("COPY ended within a row");
            }
            received += more.length;
            if (rowStart == bytes.length) {
                bytes = more;
                position = 0;
            } else {
                join(more);
            }
            rowStart = 0;
        }
    }

    private void join(byte[] more) {
        int kept = bytes.length - rowStart;
        byte[] joined = Arrays.copyOfRange(bytes, rowStart, rowStart + kept + more.length);
        System.arraycopy(more, 0, joined, kept, more.length);
        bytes = joined;
        position -= rowStart;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] -= rowStart;
        }
    }

    /** Ends the query; if much is left, the server is told to stop, and the transaction can only be rolled back. */
    @Override
    public void close() throws SQLException {
        if (!ended && copy.isActive()) {
            skipRest(LITTLE);
        }
        if (!ended && copy.isActive()) {
            // The driver's cancelCopy does not read what is still on its way, and leaves that to the next statement.
            canceller.cancel();
            try {
                skipRest(Long.MAX_VALUE);
            } catch (SQLException e) {
                if (!PSQLState.QUERY_CANCELED.getState().equals(e.getSQLState())) {
                    throw e;
                }
            }
        }
    }
}
