package dev.outgrow.validate.internal;

import com.google.common.collect.ImmutableList;
import com.google.common.math.LongMath;
import dev.outgrow.validate.internal.catalog.Quoting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Splits a large table into ranges of its integer key, of about as many rows each. */
public final class KeyRanges {
    /** Small enough to share the work evenly, large enough that starting a query does not matter. */
    private static final long VALUES = 1_500_000;

    private static final long MOST_ROWS = 150_000;

    private static final long LEAST_ROWS = 1_000;

    private KeyRanges() {}

    /** The ranges of a table that can be split; one that holds everything if splitting gains nothing. */
    public static List<KeyRange> of(TableReading plan, Connection sqlite) throws SQLException {
        String column = plan.sourceKey(0);
        long each =
                Math.max(LEAST_ROWS, Math.min(MOST_ROWS, VALUES / plan.columns().size()));
        String table = Quoting.quoted(plan.name());
        try (Statement statement = sqlite.createStatement()) {
            long rows = plan.table().sourceRows().isPresent()
                    ? plan.table().sourceRows().getAsLong()
                    : number(statement, "SELECT count(*) FROM " + table);
            if (rows <= 2 * each) {
                return ImmutableList.of(KeyRange.ALL);
            }
            long least = number(statement, "SELECT min(" + column + ") FROM " + table);
            long greatest = number(statement, "SELECT max(" + column + ") FROM " + table);
            long width = LongMath.saturatedSubtract(greatest, least);
            return KeyRange.between(
                    width < 4 * rows && plan.keyIndexes().size() == 1
                            ? even(least, greatest, width / (rows / each))
                            : stepped(statement, table, column, least, each));
        }
    }

    /** Bounds at equal distances: right if nearly every number is taken. */
    private static List<Long> even(long least, long greatest, long step) {
        List<Long> bounds = new ArrayList<>();
        for (long bound = least + step; bound < greatest && bound > least; bound += step) {
            bounds.add(bound);
        }
        return bounds;
    }

    /** Bounds found by walking along the key, for keys with gaps and outliers. */
    private static List<Long> stepped(Statement statement, String table, String column, long least, long rows)
            throws SQLException {
        List<Long> bounds = new ArrayList<>();
        long last = least;
        while (true) {
            try (ResultSet row = statement.executeQuery("SELECT " + column + " FROM " + table
                    + new KeyRange(last, null).condition(column) + " ORDER BY " + column + " LIMIT 1 OFFSET "
                    + rows)) {
                if (!row.next() || row.getLong(1) <= last) {
                    return bounds;
                }
                last = row.getLong(1);
                bounds.add(last);
            }
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
