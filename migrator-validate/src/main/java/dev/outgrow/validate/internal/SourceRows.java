package dev.outgrow.validate.internal;

import dev.outgrow.typemap.internal.value.ValueSlot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/**
 * The rows of a query of SQLite, one at a time, each value by its own storage class. It asks SQLite below JDBC, since
 * JDBC converts: {@code getString} silently replaces invalid text, and {@code getLong} turns text into 0.
 *
 * @see <a href="https://sqlite.org/c3ref/column_blob.html">SQLite, "Result Values From A Query"</a>
 */
public final class SourceRows implements RowStream {
    private static final byte[] NOTHING = {};

    private final PreparedStatement statement;
    private final DB database;
    private final long pointer;
    private final ValueSlot[] slots;
    private final @Nullable Utf16Text utf16;

    /** Whether the driver has made the first step to a row, when it was given the parameters. */
    private boolean stepped;

    private boolean ended;

    private SourceRows(
            PreparedStatement statement, DB database, long pointer, ValueSlot[] slots, @Nullable Utf16Text utf16) {
        this.statement = statement;
        this.database = database;
        this.pointer = pointer;
        this.slots = slots;
        this.utf16 = utf16;
    }

    /**
     * Begins to read.
     *
     * @param sql a query without parameters, or with two for {@link #between}
     */
    public static SourceRows of(Connection connection, String sql) throws SQLException {
        Utf16Text utf16 = transcoding(connection);
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            DB database = connection.unwrap(SQLiteConnection.class).getDatabase();
            // The statement, and the memory to which its pointer refers, stay valid as long as these rows are open.
            long pointer = ((CoreStatement) statement).pointer.safeRunLong((db, raw) -> raw);
            ValueSlot[] slots = new ValueSlot[database.column_count(pointer)];
            for (int i = 0; i < slots.length; i++) {
                slots[i] = new ValueSlot();
            }
            return new SourceRows(statement, database, pointer, slots, utf16);
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** How to transcode the text of the database; null if it is UTF-8. */
    public static @Nullable Utf16Text transcoding(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA encoding")) {
            row.next();
            return switch (row.getString(1)) {
                case "UTF-16le" -> Utf16Text.littleEndian();
                case "UTF-16be" -> Utf16Text.bigEndian();
                default -> null;
            };
        }
    }

    @Override
    public ValueSlot[] slots() {
        return slots;
    }

    /** Begins again with other values of the query's two parameters; the slots stay the same. */
    void between(long from, long to) throws SQLException {
        statement.setLong(1, from);
        statement.setLong(2, to);
        stepped = statement.executeQuery().next();
        ended = !stepped;
    }

    @Override
    public boolean next() throws SQLException {
        if (ended) {
            return false;
        }
        int result = stepped ? Codes.SQLITE_ROW : database.step(pointer);
        stepped = false;
        if (result == Codes.SQLITE_ROW) {
            for (int i = 0; i < slots.length; i++) {
                read(i, slots[i]);
            }
            return true;
        }
        if (result != Codes.SQLITE_DONE) {
            database.throwex(result);
        }
        return false;
    }

    private void read(int column, ValueSlot into) throws SQLException {
        switch (database.column_type(pointer, column)) {
            case Codes.SQLITE_INTEGER -> into.setInteger(database.column_long(pointer, column));
            case Codes.SQLITE_FLOAT -> into.setReal(database.column_double(pointer, column));
            case Codes.SQLITE_TEXT -> {
                byte[] bytes = bytes(column);
                into.setText(utf16 == null ? bytes : utf16.toUtf8(bytes));
            }
            case Codes.SQLITE_BLOB -> into.setBlob(bytes(column));
            default -> into.setNull();
        }
    }

    private byte[] bytes(int column) throws SQLException {
        byte[] bytes = database.column_blob(pointer, column);
        return bytes == null ? NOTHING : bytes;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
