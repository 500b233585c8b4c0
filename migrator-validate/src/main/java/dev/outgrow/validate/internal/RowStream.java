package dev.outgrow.validate.internal;

import dev.outgrow.typemap.internal.value.ValueSlot;
import java.sql.SQLException;

/** Rows of the source, one at a time. Not safe for concurrent use. */
public interface RowStream extends AutoCloseable {
    /** The values of the current row, the same slots for every row; what they hold is valid until the next. */
    ValueSlot[] slots();

    /** Moves to the next row; false if there is none. */
    boolean next() throws SQLException;

    @Override
    void close() throws SQLException;
}
