package dev.outgrow.internal.copy;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.copy.TableCopier.Copied;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.KeyText;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.Rows;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.internal.encode.CopyBuffer;
import dev.outgrow.typemap.internal.encode.Encoders;
import dev.outgrow.typemap.internal.encode.UnfitValueException;
import dev.outgrow.typemap.internal.encode.ValueEncoder;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.sql.SQLException;
import java.util.List;

/** Turns rows of the source into pieces of binary COPY. Not safe for concurrent use. */
final class RowEncoder {
    private static final int SEND_AT = 64 << 10;
    private static final int REPORT_EVERY = 4096;

    /** Takes the pieces; the array is reused once the call returns. */
    @FunctionalInterface
    interface Sink<E extends Exception> {
        void take(byte[] bytes, int length) throws SQLException, E;
    }

    private final RowSource source;
    private final boolean unfitAsNull;
    private final boolean infiniteNumeric;
    private CopyBuffer buffer = new CopyBuffer(2 * SEND_AT, true);

    RowEncoder(RowSource source) {
        this(source, false, true);
    }

    /**
     * An encoder.
     *
     * @param unfitAsNull whether a value that does not fit becomes NULL, and a last column says for each row whether
     *     all of its values fit; otherwise such a value is an error
     * @param infiniteNumeric whether the server's {@code numeric} holds infinities
     */
    RowEncoder(RowSource source, boolean unfitAsNull, boolean infiniteNumeric) {
        this.source = source;
        this.unfitAsNull = unfitAsNull;
        this.infiniteNumeric = infiniteNumeric;
    }

    /** Encodes the rows of a query, without the header and the trailer of COPY. */
    <E extends Exception> Copied encode(
            SqliteTable table, List<ColumnMapping> columns, RowQuery query, Sink<E> sink, TableCopier.Listener listener)
            throws SQLException, E {
        try {
            return rows(table, columns, query, sink, listener);
        } finally {
            if (buffer.array().length > 32 * SEND_AT) {
                buffer = new CopyBuffer(2 * SEND_AT, true);
            }
        }
    }

    private <E extends Exception> Copied rows(
            SqliteTable table, List<ColumnMapping> columns, RowQuery query, Sink<E> sink, TableCopier.Listener listener)
            throws SQLException, E {
        ValueEncoder[] encoders = columns.stream()
                .map(column -> Encoders.encoderFor(column.mapping(), infiniteNumeric))
                .toArray(ValueEncoder[]::new);
        long rows = 0;
        long sent = 0;
        long reported = 0;
        long reportedBytes = 0;
        buffer.clear();
        try (Rows reader = source.open(query)) {
            ValueSlot[] slots = reader.slots();
            while (reader.next()) {
                sent += row(table, columns, encoders, slots, rows, sink);
                rows++;
                if (buffer.size() >= SEND_AT) {
                    sent += send(sink);
                }
                if (rows - reported == REPORT_EVERY) {
                    listener.copied(rows - reported, sent - reportedBytes);
                    reported = rows;
                    reportedBytes = sent;
                }
            }
        }
        sent += send(sink);
        listener.copied(rows - reported, sent - reportedBytes);
        return new Copied(rows, sent);
    }

    /**
     * Adds a row to the buffer. A method of its own, so that it is compiled once: the loop over the rows is compiled
     * again whenever another kind of value turns up.
     *
     * @return the bytes that had to be sent
     */
    private <E extends Exception> long row(
            SqliteTable table,
            List<ColumnMapping> columns,
            ValueEncoder[] encoders,
            ValueSlot[] slots,
            long rowsBefore,
            Sink<E> sink)
            throws SQLException, E {
        long sent = 0;
        buffer.putShort(encoders.length + (unfitAsNull ? 1 : 0));
        boolean fit = true;
        for (int i = 0; i < encoders.length; i++) {
            int start = buffer.size();
            try {
                encoders[i].encode(slots[i], buffer);
            } catch (UnfitValueException e) {
                if (!unfitAsNull) {
                    throw unfit(table, columns, columns.get(i), slots, rowsBefore, e);
                }
                buffer.truncate(start);
                buffer.putNull();
                fit = false;
            }
            byte[] large = buffer.takeAside();
            if (large != null) {
                sent += send(sink) + large.length;
                sink.take(large, large.length);
            }
        }
        if (unfitAsNull) {
            buffer.putInt(1);
            buffer.putByte(fit ? 1 : 0);
        }
        return sent;
    }

    private <E extends Exception> int send(Sink<E> sink) throws SQLException, E {
        int size = buffer.size();
        if (size > 0) {
            sink.take(buffer.array(), size);
        }
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
}
