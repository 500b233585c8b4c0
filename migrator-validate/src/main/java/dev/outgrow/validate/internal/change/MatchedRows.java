package dev.outgrow.validate.internal.change;

import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.validate.internal.RowDigest;
import dev.outgrow.validate.internal.SourceRows;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of both sides that have to be matched and may not fit into memory: kept in a private database on disk that is
 * deleted when it is closed. First add all rows of the source, then all of the target; then ask for what does not
 * match.
 */
final class MatchedRows implements AutoCloseable {
    /**
     * Looking for the most similar row costs the product of both sides; beyond this limit every row counts as gone or
     * new.
     */
    private static final long MOST_PAIRS = 250_000;

    private final Connection scratch;
    private final int columns;
    private final int placeParts;
    private final boolean keyed;
    private final PreparedStatement addSource;
    private final PreparedStatement findSame;
    private final PreparedStatement remove;
    private final PreparedStatement addTarget;

    /**
     * No rows.
     *
     * @param columns how many values a row has
     * @param placeParts how many values tell where a row of the source is
     * @param keyed whether rows with one key are the same row
     */
    MatchedRows(int columns, int placeParts, boolean keyed) throws SQLException {
        this.columns = columns;
        this.placeParts = placeParts;
        this.keyed = keyed;
        scratch = DriverManager.getConnection("jdbc:sqlite:");
        scratch.setAutoCommit(false);
        try (Statement statement = scratch.createStatement()) {
            statement.execute(
                    "CREATE TABLE s(n INTEGER PRIMARY KEY, low, high, k, digests" + names(", p", placeParts) + ")");
            statement.execute("CREATE INDEX s_row ON s(low, high)");
            statement.execute("CREATE TABLE t(n INTEGER PRIMARY KEY, k, digests" + names(", v", columns) + ")");
        }
        addSource = scratch.prepareStatement("INSERT INTO s(low, high, k, digests" + names(", p", placeParts)
                + ") VALUES (?, ?, ?, ?" + ", ?".repeat(placeParts) + ")");
        findSame = scratch.prepareStatement("SELECT n FROM s WHERE low = ? AND high = ? LIMIT 1");
        remove = scratch.prepareStatement("DELETE FROM s WHERE n = ?");
        addTarget = scratch.prepareStatement(
                "INSERT INTO t(k, digests" + names(", v", columns) + ") VALUES (?, ?" + ", ?".repeat(columns) + ")");
    }

    private static String names(String prefix, int count) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            names.append(prefix).append(i);
        }
        return names.toString();
    }

    /** A row of the source. */
    void source(RowDigest row, ValueSlot[] place) throws SQLException {
        addSource.setLong(1, row.low());
        addSource.setLong(2, row.high());
        addSource.setLong(3, row.key());
        addSource.setBytes(4, digests(row));
        for (int i = 0; i < place.length; i++) {
            StoredValue.set(addSource, 5 + i, place[i]);
        }
        addSource.executeUpdate();
    }

    /** Adds a row of the target; if the source has the same row, both are removed. */
    void target(RowDigest row, ValueSlot[] values) throws SQLException {
        findSame.setLong(1, row.low());
        findSame.setLong(2, row.high());
        long same = -1;
        try (ResultSet found = findSame.executeQuery()) {
            same = found.next() ? found.getLong(1) : -1;
        }
        if (same >= 0) {
            remove(same);
            return;
        }
        addTarget.setLong(1, row.key());
        addTarget.setBytes(2, digests(row));
        for (int i = 0; i < columns; i++) {
            StoredValue.set(addTarget, 3 + i, values[i]);
        }
        addTarget.executeUpdate();
    }

    private void remove(long number) throws SQLException {
        remove.setLong(1, number);
        remove.executeUpdate();
    }

    private byte[] digests(RowDigest row) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * columns);
        for (int i = 0; i < columns; i++) {
            bytes.putLong(row.column(i));
        }
        return bytes.array();
    }

    /** Reports what does not match. */
    void tell(RowChanges changes) throws SQLException {
        try (Statement statement = scratch.createStatement()) {
            statement.execute("CREATE INDEX s_key ON s(k)");
        }
        ValueSlot[] place = slots(placeParts);
        ValueSlot[] values = slots(columns);
        try (Statement all = scratch.createStatement();
                PreparedStatement candidates = scratch.prepareStatement(
                        "SELECT n, digests" + names(", p", placeParts) + " FROM s" + (keyed ? " WHERE k = ?" : ""));
                SourceRows target =
                        SourceRows.of(scratch, "SELECT k, digests" + names(", v", columns) + " FROM t ORDER BY n")) {
            boolean alike = keyed || pairs(all) <= MOST_PAIRS;
            while (target.next()) {
                ValueSlot[] row = target.slots();
                for (int i = 0; i < columns; i++) {
                    values[i].set(row[2 + i]);
                }
                byte[] digests = row[1].bytes();
                Long match = null;
                if (alike) {
                    if (keyed) {
                        candidates.setLong(1, row[0].integer());
                    }
                    match = mostAlike(candidates, digests, place);
                }
                if (match == null) {
                    changes.inserted(values);
                } else {
                    changes.changed(place, values, differing(match, digests));
                    remove(match);
                }
            }
        }
        try (SourceRows left = SourceRows.of(scratch, "SELECT 0" + names(", p", placeParts) + " FROM s ORDER BY n")) {
            while (left.next()) {
                List<ValueSlot> parts = new ArrayList<>(List.of(left.slots()));
                changes.deleted(parts.subList(1, parts.size()).toArray(ValueSlot[]::new));
            }
        }
    }

    private static long pairs(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT (SELECT count(*) FROM s) * (SELECT count(*) FROM t)")) {
            return row.getLong(1);
        }
    }

    private static ValueSlot[] slots(int count) {
        List<ValueSlot> slots = new ArrayList<>(Collections.nCopies(count, null));
        slots.replaceAll(none -> new ValueSlot());
        return slots.toArray(ValueSlot[]::new);
    }

    /** The row of the source with the same key; without a key the one that has the most values in common, at least half of them. */
    private @Nullable Long mostAlike(PreparedStatement candidates, byte[] digests, ValueSlot[] place)
            throws SQLException {
        Long best = null;
        int bestAlike = keyed ? -1 : Math.max(1, (columns + 1) / 2) - 1;
        try (ResultSet found = candidates.executeQuery()) {
            while (found.next()) {
                int alike = columns - differing(found.getBytes(2), digests).cardinality();
                if (alike > bestAlike) {
                    bestAlike = alike;
                    best = found.getLong(1);
                    for (int i = 0; i < placeParts; i++) {
                        StoredValue.get(found, 3 + i, place[i]);
                    }
                }
            }
        }
        return best;
    }

    private BitSet differing(long source, byte[] digests) throws SQLException {
        try (PreparedStatement statement = scratch.prepareStatement("SELECT digests FROM s WHERE n = ?")) {
            statement.setLong(1, source);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return differing(row.getBytes(1), digests);
            }
        }
    }

    private BitSet differing(byte[] one, byte[] other) {
        BitSet differing = new BitSet();
        ByteBuffer first = ByteBuffer.wrap(one);
        ByteBuffer second = ByteBuffer.wrap(other);
        for (int i = 0; i < columns; i++) {
            if (first.getLong() != second.getLong()) {
                differing.set(i);
            }
        }
        return differing;
    }

    @Override
    public void close() throws SQLException {
        scratch.close();
    }
}
