package dev.outgrow.internal.sqlite.read;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;
import org.sqlite.core.SafeStmtPtr;

/**
 * The rows of a query, as SQLite gives them. Nothing else may use the connection meanwhile.
 *
 * <p>It steps the statement through the driver's native calls: a {@code ResultSet} asks four questions a value, and has no
 * bytes for text without copying.
 */
public final class RowReader implements Rows {
    private static final byte[] NOTHING = {};

    private final String subject;
    private final PreparedStatement statement;
    private final SafeStmtPtr pointer;
    private final TextEncoding encoding;
    private final ValueSlot[] slots;
    private final SafeStmtPtr.SafePtrIntFunction<SQLException> fillCurrent = this::fill;
    private final SafeStmtPtr.SafePtrIntFunction<SQLException> stepAndFill = this::step;

    /** The driver has made the first step when it ran the query. */
    private boolean steppedAhead;

    private boolean ended;

    private RowReader(
            String subject, PreparedStatement statement, boolean hasRow, ValueSlot[] slots, TextEncoding encoding)
            throws SQLException {
        this.subject = subject;
        this.statement = statement;
        this.pointer = statement.unwrap(CoreStatement.class).pointer;
        this.encoding = encoding;
        this.steppedAhead = hasRow;
        this.ended = !hasRow;
        this.slots = slots;
    }

    /**
     * Runs the query.
     *
     * @param connection a connection to SQLite, its own or one that unwraps to it
     * @param query the query
     * @param encoding the encoding of the database
     * @throws MigrationException if SQLite refuses the query or cannot read the file
     */
    public static RowReader open(Connection connection, RowQuery query, TextEncoding encoding) {
        return open(connection, query, encoding, Rows.newSlots(query.columnCount()));
    }

    /** Likewise, into slots that are there. */
    static RowReader open(Connection connection, RowQuery query, TextEncoding encoding, ValueSlot[] slots) {
        try {
            PreparedStatement statement = connection.prepareStatement(query.sql());
            try {
                bind(statement, query);
                ResultSet rows = statement.executeQuery();
                return new RowReader(query.subject(), statement, rows.next(), slots, encoding);
            } catch (SQLException | RuntimeException e) {
                statement.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e, query.subject());
        }
    }

    private static void bind(PreparedStatement statement, RowQuery query) throws SQLException {
        int parameter = 1;
        for (Object bound : query.bounds()) {
            if (bound instanceof Long number) {
                statement.setLong(parameter++, number);
            } else if (bound instanceof Double number) {
                statement.setDouble(parameter++, number);
            } else if (bound instanceof byte[] bytes) {
                statement.setBytes(parameter++, bytes);
            } else {
                statement.setString(parameter++, (String) bound);
            }
        }
    }

    @Override
    public boolean next() {
        if (ended) {
            return false;
        }
        Rows.interruptible(subject);
        try {
            int code = pointer.safeRunInt(steppedAhead ? fillCurrent : stepAndFill);
            steppedAhead = false;
            ended = code == Codes.SQLITE_DONE;
            return !ended;
        } catch (SQLException e) {
            ended = true;
            throw failure(e, subject);
        }
    }

    @Override
    public ValueSlot[] slots() {
        return slots;
    }

    @Override
    public void close() {
        ended = true;
        try {
            statement.close();
        } catch (SQLException e) {
            throw failure(e, subject);
        }
    }

    private int step(DB database, long handle) throws SQLException {
        int code = database.step(handle);
        if (code == Codes.SQLITE_ROW) {
            return fill(database, handle);
        }
        if (code != Codes.SQLITE_DONE) {
            database.throwex(code);
        }
        return code;
    }

    private int fill(DB database, long handle) throws SQLException {
        for (int column = 0; column < slots.length; column++) {
            ValueSlot slot = slots[column];
            switch (database.column_type(handle, column)) {
                case Codes.SQLITE_INTEGER -> slot.setInteger(database.column_long(handle, column));
                case Codes.SQLITE_FLOAT -> slot.setReal(database.column_double(handle, column));
                case Codes.SQLITE_TEXT -> slot.setText(encoding.toUtf8(bytes(database, handle, column)));
                case Codes.SQLITE_BLOB -> slot.setBlob(bytes(database, handle, column));
                default -> slot.setNull();
            }
        }
        return Codes.SQLITE_ROW;
    }

    /** The bytes as they are in the file; SQLite has no pointer for an empty value. */
    private static byte[] bytes(DB database, long handle, int column) throws SQLException {
        byte[] bytes = database.column_blob(handle, column);
        return bytes == null ? NOTHING : bytes;
    }

    private static MigrationException failure(SQLException e, String subject) {
        return SqliteFailure.of(e, "reading " + subject);
    }
}
