package dev.outgrow.internal.wayback;

import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.validate.internal.change.StoredValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Notes the changes of one table while they are found, in a database of its own, so that memory does not grow with them and the new
 * file need not be there yet. {@link RowLog} reads them. Not safe for concurrent use.
 */
final class NotedRows {
    /** What to do with a row. The names are stored. */
    enum Work {
        INSERT,
        UPDATE,
        DELETE,
        /** An update that had to wait because another row still had the key. */
        UPDATE_LATER
    }

    private final int placeParts;
    private final int columns;
    private final PreparedStatement add;

    /**
     * No notes; those of an earlier attempt are forgotten.
     *
     * @param number of the table
     */
    NotedRows(Connection notes, int number, int placeParts, int columns) throws SQLException {
        this.placeParts = placeParts;
        this.columns = columns;
        String name = table(number);
        try (Statement statement = notes.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + name);
            statement.execute("CREATE TABLE " + name + "(n INTEGER PRIMARY KEY, work, mask" + list(", p", placeParts)
                    + list(", v", columns) + ")");
        }
        add = notes.prepareStatement("INSERT INTO " + name + "(work, mask" + list(", p", placeParts)
                + list(", v", columns) + ") VALUES (?, ?" + ", ?".repeat(placeParts + columns) + ")");
    }

    /** The name of the table with the notes, quoted. */
    static String table(int number) {
        return "\"changes " + number + "\"";
    }

    /** Numbered names, each after the prefix. */
    static String list(String prefix, int count) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < count; i++) {
            list.append(prefix).append(i);
        }
        return list.toString();
    }

    void add(Work work, ValueSlot @Nullable [] place, ValueSlot @Nullable [] values, @Nullable BitSet mask)
            throws SQLException {
        add.setString(1, work.name());
        add.setBytes(2, mask == null ? null : mask.toByteArray());
        for (int i = 0; i < placeParts; i++) {
            set(3 + i, place, i);
        }
        for (int i = 0; i < columns; i++) {
            set(3 + placeParts + i, values, i);
        }
        add.executeUpdate();
    }

    private void set(int parameter, ValueSlot @Nullable [] slots, int index) throws SQLException {
        if (slots == null) {
            add.setObject(parameter, null);
        } else {
            StoredValue.set(add, parameter, slots[index]);
        }
    }
}
