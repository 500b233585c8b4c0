package dev.outgrow.internal.work;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.CensusTaker;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.census.TableCount;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The census of all tables, with large ones in slices, on as many threads as the run may use. */
public final class CensusRun {
    /** What to count in each column. */
    public interface Counters {
        /** The counter of a column; called by several threads at once. */
        ColumnCounter first(SqliteTable table, SourceColumn column);

        /** Counters for the columns that need another pass, by name; new ones at each call. */
        Map<String, ColumnCounter> again(SqliteTable table, TableCensus first);
    }

    private final Snapshot snapshot;
    private final TextEncoding encoding;
    private final int parallelism;
    private final Progress progress;

    public CensusRun(Snapshot snapshot, TextEncoding encoding, int parallelism, Progress progress) {
        this.snapshot = snapshot;
        this.encoding = encoding;
        this.parallelism = parallelism;
        this.progress = progress;
    }

    /**
     * Counts.
     *
     * @return the census of each table, by name
     * @throws MigrationException if the source cannot be read, or the thread was interrupted
     */
    public Map<String, TableCensus> count(Connection connection, List<SqliteTable> tables, Counters counters) {
        progress.sourceBytes(snapshot.sizeBytes());
        Schedule<WorkerConnections.Reading> schedule = new Schedule<>();
        List<TableCount> counts = new ArrayList<>();
        for (SqliteTable table : tables) {
            TableCount count = TableCount.of(table, connection);
            counts.add(count);
            for (int i = 0; i < count.slices(); i++) {
                int slice = i;
                schedule.add(
                        count.weight(),
                        List.of(),
                        lane -> count.count(slice, taker(lane), column -> counters.first(table, column)));
            }
        }
        carryOut(schedule);
        countAgain(counts, counters);
        Map<String, TableCensus> census = new LinkedHashMap<>();
        Map<String, Long> rows = new HashMap<>();
        Map<String, Long> bytes = new HashMap<>();
        for (TableCount count : counts) {
            TableCensus result = count.result();
            census.put(count.table().name(), result);
            rows.put(count.table().name(), result.rows());
            bytes.put(count.table().name(), result.bytes());
        }
        progress.totals(rows, bytes);
        return census;
    }

    /** If a rule decided by the census of a column, the column's values must be tried on that decision. */
    private void countAgain(List<TableCount> counts, Counters counters) {
        Schedule<WorkerConnections.Reading> schedule = new Schedule<>();
        for (TableCount count : counts) {
            TableCensus first = count.result();
            for (int i = 0; i < count.slices(); i++) {
                int slice = i;
                Map<String, ColumnCounter> again = counters.again(count.table(), first);
                if (!again.isEmpty()) {
                    schedule.add(
                            count.weight(),
                            List.of(),
                            lane -> count.recount(slice, new CensusTaker(lane.source(), (table, r, b) -> {}), again));
                }
            }
        }
        carryOut(schedule);
    }

    private CensusTaker taker(WorkerConnections.Reading lane) {
        return new CensusTaker(lane.source(), progress::rows);
    }

    /** Runs tasks that only read the snapshot. */
    public void carryOut(Schedule<WorkerConnections.Reading> schedule) {
        try {
            schedule.run(parallelism, () -> new WorkerConnections.Reading(snapshot.open(encoding)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException(
                    Reason.INTERRUPTED, "Interrupted while counting values.", "call again: nothing was written.", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
