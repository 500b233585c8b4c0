package dev.outgrow.internal.wayback;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.sqlite.source.NewFile;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.validate.internal.UnorderedKeyException;
import dev.outgrow.validate.internal.change.StoredValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one table that {@link NotedRows} noted, and which of them were written. Not safe for concurrent use.
 */
final class RowLog {
    /** Carries out one log entry. */
    @FunctionalInterface
    interface Doer {
        /**
         * Does it.
         *
         * @param number of the entry
         * @param place where the file has the row; meaningless for a row to be inserted
         * @param values of all columns
         * @param columns those that are to be changed
         */
        void row(long number, ValueSlot[] place, ValueSlot[] values, BitSet columns) throws SQLException;
    }

    /** More sets of columns are not named in one condition. */
    private static final int MOST_NAMED = 64;

    private final Connection file;
    private final String name;
    private final int placeParts;
    private final int columns;
    private final String carried;
    private final PreparedStatement addCarried;

    /**
     * The log of what was noted, and nothing written yet.
     *
     * @param file the connection that writes, which has the notes attached
     * @param number of the table
     */
    RowLog(Connection file, int number, int placeParts, int columns) throws SQLException {
        this.file = file;
        this.name = NewFile.NOTES + "." + NotedRows.table(number);
        this.placeParts = placeParts;
        this.columns = columns;
        this.carried = "temp.\"outgrow carried " + number + "\"";
        try (Statement statement = file.createStatement()) {
            statement.execute(
                    "CREATE TABLE " + carried + "(n INTEGER PRIMARY KEY" + NotedRows.list(", p", placeParts) + ")");
        }
        addCarried = file.prepareStatement("INSERT INTO " + carried + " VALUES (?" + ", ?".repeat(placeParts) + ")");
    }

    /** Records the place of a written row, and the entry that told to write it. */
    void carried(long number, ValueSlot[] place) throws SQLException {
        addCarried.setLong(1, number);
        for (int i = 0; i < placeParts; i++) {
            StoredValue.set(addCarried, 2 + i, place[i]);
        }
        addCarried.executeUpdate();
    }

    /** The table with the places of those rows, as SQL names it; its columns are {@code p0} and so on. */
    String carriedRows() {
        return carried;
    }

    /** Postpones an entry. */
    void putOff(long number) throws SQLException {
        try (PreparedStatement statement = file.prepareStatement("UPDATE " + name + " SET work = ? WHERE n = ?")) {
            statement.setString(1, NotedRows.Work.UPDATE_LATER.name());
            statement.setLong(2, number);
            statement.executeUpdate();
        }
    }

    /** The sets of columns that entries of one kind change. */
    List<BitSet> masks(NotedRows.Work work) throws SQLException {
        List<BitSet> masks = new ArrayList<>();
        try (PreparedStatement statement =
                file.prepareStatement("SELECT DISTINCT mask FROM " + name + " WHERE work = ?")) {
            statement.setString(1, work.name());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    masks.add(mask(rows.getBytes(1)));
                }
            }
        }
        return masks;
    }

    private static BitSet mask(byte @Nullable [] stored) {
        return stored == null ? new BitSet() : BitSet.valueOf(stored);
    }

    /** What follows in a statement for {@link #atOnce}: the entries are {@code l}, with columns {@code p0} …, {@code v0} …. */
    String entries() {
        return " FROM " + name + " AS l WHERE l.work = ? AND l.mask IS ?";
    }

    /**
     * Carries out all entries of one kind that change the same columns by one statement.
     *
     * @param sql what does so, with {@link #entries} in it
     * @param place an expression for the place that an entry's row has then
     */
    void atOnce(NotedRows.Work work, BitSet mask, String sql, String place) throws SQLException {
        run(sql, work, mask);
        run("INSERT INTO " + carried + " SELECT l.n, " + place + entries(), work, mask);
    }

    /** Runs one statement with {@link #entries} in it. */
    void run(String sql, NotedRows.Work work, BitSet mask) throws SQLException {
        try (PreparedStatement statement = prepared(sql, work, mask)) {
            statement.executeUpdate();
        }
    }

    /** Whether a query with {@link #entries} in it finds anything. */
    boolean isAny(String query, NotedRows.Work work, BitSet mask) throws SQLException {
        try (PreparedStatement statement = prepared(query + " LIMIT 1", work, mask);
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    private PreparedStatement prepared(String sql, NotedRows.Work work, BitSet mask) throws SQLException {
        PreparedStatement statement = file.prepareStatement(sql);
        statement.setString(1, work.name());
        statement.setBytes(2, mask.toByteArray());
        return statement;
    }

    /** Whether all rows to be inserted have a value in a column. */
    boolean allHave(int column) throws SQLException {
        try (Statement statement = file.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT 1 FROM " + name + " WHERE work = 'INSERT' AND v" + column + " IS NULL LIMIT 1")) {
            return !row.next();
        }
    }

    /** The places of all rows to be deleted, as a query. */
    String deletions() {
        return "SELECT p0 FROM " + name + " WHERE work = 'DELETE'";
    }

    /** Carries out all entries of one kind, in order. */
    void each(NotedRows.Work work, Doer doer) throws SQLException {
        each(work, Optional.empty(), doer);
    }

    /**
     * Carries out entries one by one, in order.
     *
     * @param columns only those that change these, if given
     */
    void each(NotedRows.Work work, Optional<BitSet> columns, Doer doer) throws SQLException {
        ValueSlot[] place = slots(placeParts);
        ValueSlot[] values = slots(this.columns);
        try (PreparedStatement statement = file.prepareStatement("SELECT n, mask" + NotedRows.list(", p", placeParts)
                + NotedRows.list(", v", this.columns) + " FROM " + name + " WHERE work = ?"
                + (columns.isPresent() ? " AND mask IS ?" : "") + " ORDER BY n")) {
            statement.setString(1, work.name());
            if (columns.isPresent()) {
                statement.setBytes(2, columns.get().toByteArray());
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    for (int i = 0; i < placeParts; i++) {
                        StoredValue.get(rows, 3 + i, place[i]);
                    }
                    for (int i = 0; i < values.length; i++) {
                        StoredValue.get(rows, 3 + placeParts + i, values[i]);
                    }
                    doer.row(rows.getLong(1), place, values, mask(rows.getBytes(2)));
                }
            }
        }
    }

    /** Receives the rowids of written rows, and the values by which they are known elsewhere. */
    @FunctionalInterface
    interface Written {
        /**
         * A row.
         *
         * @param rowid empty if it was to be written, and was not
         * @param key new at each call
         */
        void row(OptionalLong rowid, ValueSlot[] key) throws SQLException, InterruptedException, UnorderedKeyException;
    }

    /**
     * The rows that were to be written into a table with rowids, in the order of some columns.
     *
     * @param key where the columns are among all
     */
    void written(List<Integer> key, Written visitor) throws SQLException, InterruptedException, UnorderedKeyException {
        String values = key.stream().map(column -> "l.v" + column).collect(joining(", "));
        try (Statement statement = file.createStatement();
                ResultSet rows = statement.executeQuery("SELECT k.p0, " + values + " FROM " + name + " AS l LEFT JOIN "
                        + carried + " AS k ON k.n = l.n WHERE l.work <> 'DELETE' ORDER BY " + values)) {
            while (rows.next()) {
                long rowid = rows.getLong(1);
                OptionalLong place = rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(rowid);
                ValueSlot[] slots = slots(key.size());
                for (int i = 0; i < slots.length; i++) {
                    StoredValue.get(rows, 2 + i, slots[i]);
                }
                visitor.row(place, slots);
            }
        }
    }

    /** The rowids of the rows that were written. The caller closes them. */
    Rowids writtenRowids() throws SQLException {
        return Rowids.of(file, "SELECT p0 FROM " + carried + " ORDER BY p0");
    }

    /** The rowids of the rows that were deleted and have not come back in another. The caller closes them. */
    Rowids deletedRowids() throws SQLException {
        return Rowids.of(file, deletedQuery() + " ORDER BY 1");
    }

    /** The rowids in the backup of all rows that were changed or deleted. The caller closes them. */
    Rowids rowidsBefore() throws SQLException {
        return rowidsBefore("TRUE");
    }

    /** Those among them whose entries fulfil a condition. The caller closes them. */
    Rowids rowidsBefore(String condition) throws SQLException {
        return Rowids.of(
                file, "SELECT p0 FROM " + name + " AS l WHERE work <> 'INSERT' AND (" + condition + ") ORDER BY p0");
    }

    /** The places of the written rows whose entries fulfil a condition, as a table in SQL. */
    String carriedRows(String condition) {
        return "(SELECT k.* FROM " + name + " AS l JOIN " + carried + " AS k ON k.n = l.n WHERE " + condition + ")";
    }

    /** The condition that an entry {@code l} is a new row or one that is gone, or changes one of these columns. */
    String touching(BitSet columns) throws SQLException {
        List<BitSet> masks = masks(NotedRows.Work.UPDATE);
        masks.addAll(masks(NotedRows.Work.UPDATE_LATER));
        String others = masks.stream()
                .filter(mask -> !mask.intersects(columns))
                .limit(MOST_NAMED)
                .map(mask -> "x'" + HexFormat.of().formatHex(mask.toByteArray()) + "'")
                .collect(joining(", "));
        return "l.work IN ('INSERT', 'DELETE') OR l.mask NOT IN (" + others + ")";
    }

    /** The rowids in the backup of all rows that were changed or deleted, as far as the table has none of them now. */
    Rowids rowidsGone(String table, String rowid) throws SQLException {
        return Rowids.of(
                file,
                "SELECT p0 FROM " + name + " AS l WHERE work <> 'INSERT' AND NOT EXISTS (SELECT 1 FROM " + table
                        + " AS t WHERE t." + rowid + " = l.p0) ORDER BY p0");
    }

    /** How many rows were deleted and have not come back in another. */
    long deletedCount() throws SQLException {
        try (Statement statement = file.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM (" + deletedQuery() + ")")) {
            row.next();
            return row.getLong(1);
        }
    }

    private String deletedQuery() {
        return "SELECT p0 FROM " + name + " WHERE work = 'DELETE' EXCEPT SELECT p0 FROM " + carried;
    }

    static ValueSlot[] slots(int count) {
        List<ValueSlot> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slots.add(new ValueSlot());
        }
        return slots.toArray(ValueSlot[]::new);
    }
}
