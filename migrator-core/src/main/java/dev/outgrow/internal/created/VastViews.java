package dev.outgrow.internal.created;

import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteView;
import dev.outgrow.internal.sqlite.read.SqliteName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sqlite.ProgressHandler;

/**
 * Views that cannot be compared because they take far more steps, or give far more rows, than their tables have rows: a
 * join of a few tables without a condition never ends. Only such joins are examined, and only briefly.
 */
final class VastViews {
    private static final long ENOUGH_ROWS = 1_000_000;
    private static final int ROWS_A_ROW = 10;
    private static final long ENOUGH_STEPS = 200_000_000;
    private static final int STEPS_A_ROW = 1000;
    private static final int STEPS_BETWEEN_LOOKS = 100_000;
    private static final long LONGEST_NANOS = 20_000_000_000L;

    private final Connection sqlite;
    private final long rows;

    private VastViews(Connection sqlite, long rows) {
        this.sqlite = sqlite;
        this.rows = rows;
    }

    /**
     * Looks for such views.
     *
     * @param rows how many rows the tables have
     * @return why each view is left out, by the id of its notice
     */
    static Map<String, String> of(Connection sqlite, Catalog catalog, long rows) throws SQLException {
        VastViews search = new VastViews(sqlite, rows);
        Map<String, String> vast = new LinkedHashMap<>();
        for (SqliteView view : catalog.views()) {
            if (!view.columns().isEmpty() && search.scansWithinScans(view.name())) {
                search.excess(view.name())
                        .ifPresent(what -> vast.put(
                                "view:" + view.name(),
                                what + " over tables that have " + rows + ", so that it cannot be compared"));
            }
        }
        return vast;
    }

    /** Whether SQLite would read all of a table for each row of another one. */
    private boolean scansWithinScans(String view) throws SQLException {
        Map<Integer, Integer> scans = new HashMap<>();
        try (Statement statement = sqlite.createStatement();
                ResultSet plan =
                        statement.executeQuery("EXPLAIN QUERY PLAN SELECT * FROM main." + SqliteName.quote(view))) {
            while (plan.next()) {
                if (plan.getString("detail").startsWith("SCAN ")) {
                    scans.merge(plan.getInt("parent"), 1, Integer::sum);
                }
            }
        }
        return scans.values().stream().anyMatch(count -> count > 1);
    }

    /** What makes it too large; empty if nothing does, or if that could not be determined in time. */
    private Optional<String> excess(String view) throws SQLException {
        long most = ENOUGH_ROWS + ROWS_A_ROW * rows;
        Watch watch = new Watch(ENOUGH_STEPS + STEPS_A_ROW * rows);
        ProgressHandler.setHandler(sqlite, STEPS_BETWEEN_LOOKS, watch);
        try (Statement statement = sqlite.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM (SELECT 1 FROM main."
                        + SqliteName.quote(view) + " LIMIT " + (most + 1) + ")")) {
            return count.next() && count.getLong(1) > most
                    ? Optional.of("it gives more than " + most + " rows")
                    : Optional.empty();
        } catch (SQLException endedOrUnreadable) {
            return watch.steps > watch.most
                    ? Optional.of("SQLite takes more than " + watch.most + " steps for it")
                    : Optional.empty();
        } finally {
            ProgressHandler.clearHandler(sqlite);
        }
    }

    /**
     * Ends a query after a number of steps, which is the same on every machine, or after too long a time on this one.
     */
    private static final class Watch extends ProgressHandler {
        private final long end = System.nanoTime() + LONGEST_NANOS;
        private final long most;
        private long steps;

        private Watch(long most) {
            this.most = most;
        }

        @Override
        protected int progress() {
            steps += STEPS_BETWEEN_LOOKS;
            boolean over = steps > most
                    || System.nanoTime() > end
                    || Thread.currentThread().isInterrupted();
            return over ? 1 : 0;
        }
    }
}
