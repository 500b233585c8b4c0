package dev.outgrow.internal.copy;

import static java.util.stream.Collectors.joining;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.KeyText;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowReader;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.internal.encode.CopyBuffer;
import dev.outgrow.typemap.internal.encode.Encoders;
import dev.outgrow.typemap.internal.encode.UnfitValueException;
import dev.outgrow.typemap.internal.encode.ValueEncoder;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies rows of one table at a time from one connection to another, in the transaction that it finds. Its buffer is reused
 * and holds little more than one row. Not safe for concurrent use.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">PostgreSQL, "COPY", Binary Format</a>
 */
public final class TableCopier {
    private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int SEND_AT = 64 << 10;
    private static final int REPORT_EVERY = 4096;

    /** Is told of rows gone by. */
    @FunctionalInterface
    public interface Listener {
        void copied(long rows, long bytes);
    }

    /**
     * What was copied.
     *
     * @param rows the rows
     * @param bytes the bytes that were sent for them
     */
    public record Copied(long rows, long bytes) {}

    private final Connection sqlite;
    private final Connection postgres;
    private final TextEncoding encoding;
    private CopyBuffer buffer = new CopyBuffer(2 * SEND_AT);

    public TableCopier(Connection sqlite, Connection postgres, TextEncoding encoding) {
        this.sqlite = sqlite;
        this.postgres = postgres;
        this.encoding = encoding;
    }

    /**
     * Copies the rows of a query.
     *
     * @param table the table they come from
     * @param targetTable the table they go to, as SQL writes it
     * @param columns the columns of the query, in its order
     * @param query which rows
     * @param listener told of progress
     * @throws MigrationException where a value does not fit, a side fails, or the thread is interrupted
     */
    public Copied copy(
            SqliteTable table, String targetTable, List<ColumnMapping> columns, RowQuery query, Listener listener) {
        String sql = "COPY " + targetTable + " ("
                + columns.stream()
                        .map(column -> Identifier.quote(column.targetName()))
                        .collect(joining(", "))
                + ") FROM STDIN (FORMAT binary)";
        CopyIn copy;
        try {
            copy = postgres.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "copying table " + table.name());
        }
        try {
            Copied copied = rows(copy, table, columns, query, listener);
            copy.endCopy();
            return copied;
        } catch (SQLException e) {
            throw ServerFailure.of(e, "copying table " + table.name());
        } finally {
            if (copy.isActive()) {
                cancel(copy);
            }
            if (buffer.array().length > 32 * SEND_AT) {
                buffer = new CopyBuffer(2 * SEND_AT);
            }
        }
    }

    private Copied rows(CopyIn copy, SqliteTable table, List<ColumnMapping> columns, RowQuery query, Listener listener)
            throws SQLException {
        ValueEncoder[] encoders = columns.stream()
                .map(column -> Encoders.encoderFor(column.mapping()))
                .toArray(ValueEncoder[]::new);
        long rows = 0;
        long sent = 0;
        long reported = 0;
        long reportedBytes = 0;
        buffer.clear();
        buffer.putBytes(HEADER, 0, HEADER.length);
        try (RowReader reader = RowReader.open(sqlite, query, encoding)) {
            ValueSlot[] slots = reader.slots();
            while (reader.next()) {
                buffer.putShort(encoders.length);
                for (int i = 0; i < encoders.length; i++) {
                    try {
                        encoders[i].encode(slots[i], buffer);
                    } catch (UnfitValueException e) {
                        throw unfit(table, columns, columns.get(i), slots, rows, e);
                    }
                }
                rows++;
                if (buffer.size() >= SEND_AT) {
                    sent += send(copy);
                }
                if (rows - reported == REPORT_EVERY) {
                    listener.copied(rows - reported, sent - reportedBytes);
                    reported = rows;
                    reportedBytes = sent;
                }
            }
        }
        buffer.putShort(-1);
        sent += send(copy);
        listener.copied(rows - reported, sent - reportedBytes);
        return new Copied(rows, sent);
    }

    private int send(CopyIn copy) throws SQLException {
        int size = buffer.size();
        copy.writeToCopy(buffer.array(), 0, size);
        buffer.clear();
        return size;
    }

    private static MigrationException unfit(
            SqliteTable table,
            List<ColumnMapping> columns,
            ColumnMapping column,
            ValueSlot[] slots,
            long rowsBefore,
            UnfitValueException failure) {
        String key = KeyText.of(
                        table, columns.stream().map(c -> c.column().name()).toList(), slots)
                .text();
        return new MigrationException(
                Reason.VALUE_REFUSED,
                "A value of column " + column.column().qualifiedName() + " cannot be "
                        + column.mapping().type() + ": " + failure.getMessage() + ". "
                        + (key.isEmpty() ? "Its row is number " + (rowsBefore + 1) + " of its range" : "Key: " + key)
                        + ".",
                "nothing was published. Give the column another type by a rule, such as"
                        + " .typeRules(TypeRules.standard().column(\"" + table.name() + "\", \""
                        + column.column().name() + "\").as(PgType.TEXT)), and run again.",
                failure);
    }

    private static void cancel(CopyIn copy) {
        try {
            copy.cancelCopy();
        } catch (SQLException e) {
            System.getLogger(TableCopier.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            "A COPY that failed could not be cancelled; its transaction is void.");
        }
    }
}
