package dev.outgrow.internal.limits;

import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.List;

/**
 * The most room that rows take in a page once their long values are stored out of line: never less than the server
 * finds, and mostly the same.
 *
 * @see <a href="https://www.postgresql.org/docs/current/storage-toast.html">PostgreSQL, "TOAST"</a>
 */
final class RowRoom {
    /** The room of a value that is stored out of line, or that is short enough to stay. */
    private static final int POINTER = 24;

    private static final int UNKNOWN = -1;
    private static final int WIDE = 16;
    private static final int NUMBER = 8;
    private static final int HEADER = 24 + 8;

    private final List<ColumnMapping> columns;

    RowRoom(List<ColumnMapping> columns) {
        this.columns = columns;
    }

    /** Whether a row might not fit, judging by the longest value of each column. */
    boolean mayOverflow(TableCensus census) {
        long most = HEADER + columns.size() / 8L;
        for (ColumnMapping column : columns) {
            long bytes = census.column(column.column().name()).ranges().largestValue();
            most += most(column, bytes == 0 ? UNKNOWN : bytes);
        }
        return census.rows() > 0 && most > Limits.ROW_BYTES;
    }

    /** Whether this row might not fit. */
    boolean mayOverflow(ValueSlot[] row) {
        long most = HEADER + columns.size() / 8L;
        for (int i = 0; i < columns.size(); i++) {
            StorageClass stored = row[i].storageClass();
            if (stored != StorageClass.NULL) {
                boolean bytes = stored == StorageClass.TEXT || stored == StorageClass.BLOB;
                most += most(columns.get(i), bytes ? row[i].length() : UNKNOWN);
            }
        }
        return most > Limits.ROW_BYTES;
    }

    private static long most(ColumnMapping column, long bytes) {
        return switch (column.mapping().type().kind()) {
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
                NUMBER;
            case UUID, INTERVAL, MACADDR -> WIDE;
            case TEXT, VARCHAR, BYTEA -> bytes == UNKNOWN ? POINTER : Math.min(POINTER, bytes + 1);
            case NUMERIC, CHAR, CITEXT, JSON, JSONB, INET, CIDR, ENUM, ARRAY -> POINTER;
        };
    }
}
