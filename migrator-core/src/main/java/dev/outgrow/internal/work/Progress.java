package dev.outgrow.internal.work;

import dev.outgrow.progress.MigrationListener;
import dev.outgrow.progress.PhaseStarted;
import dev.outgrow.progress.Progressed;
import dev.outgrow.progress.StepStarted;
import dev.outgrow.progress.Waiting;
import dev.outgrow.report.Phase;
import dev.outgrow.report.PhaseTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The clock of the phases, and the events that the listener gets. Safe for use by several threads. */
public final class Progress {
    private static final long PAUSE_NANOS = 100_000_000;

    /** Earlier than this, the rate says more about the start than about the work, unless a hundredth of it is done. */
    private static final long FIRST_ESTIMATE_NANOS = 3_000_000_000L;

    private static final long EARLIEST_ESTIMATE_NANOS = 500_000_000;

    /** The fixed cost of a row, in bytes. */
    private static final double ROW_BYTES = 60;

    private final Telling telling;
    private final WholeRun whole = new WholeRun();
    private final LongSupplier nanoTime;
    private final List<PhaseTime> finished = new ArrayList<>();
    private final Map<String, Long> tableRows = new HashMap<>();
    private Map<String, Long> totals = Map.of();
    private Map<String, Double> rowWeights = Map.of();
    private double totalWork;
    private long totalRows;
    private long sourceBytes;
    private @Nullable Phase phase;
    private long phaseStart;
    private long lastEvent;
    private long rows;
    private long bytes;
    private double work;
    private double workBefore;

    public Progress(MigrationListener listener) {
        this(Telling.beside(listener), System::nanoTime);
    }

    Progress(Telling telling, LongSupplier nanoTime) {
        this.telling = telling;
        this.nanoTime = nanoTime;
    }

    /** Ends the phase before and begins this one, unless it is under way. */
    public void begin(Phase next) {
        if (started(next)) {
            telling.phaseStarted(new PhaseStarted(next));
        }
    }

    private synchronized boolean started(Phase next) {
        if (phase == next) {
            return false;
        }
        end();
        whole.begin(next);
        phase = next;
        phaseStart = nanoTime.getAsLong();
        lastEvent = phaseStart - PAUSE_NANOS;
        rows = 0;
        bytes = 0;
        work = 0;
        workBefore = 0;
        tableRows.clear();
        return true;
    }

    /** Ends the phase under way. */
    public synchronized void end() {
        if (phase != null) {
            finished.add(new PhaseTime(phase, Duration.ofNanos(nanoTime.getAsLong() - phaseStart)));
            phase = null;
        }
    }

    /** All is done, and published. */
    public void done() {
        telling.done(last());
    }

    private synchronized Progressed last() {
        long all = totalRows;
        return new Progressed(
                Phase.PUBLICATION,
                "",
                0,
                0,
                all,
                all,
                0,
                finished.isEmpty()
                        ? Duration.ZERO
                        : finished.get(finished.size() - 1).time(),
                Optional.of(Duration.ZERO),
                totals.size(),
                totals.size(),
                1);
    }

    /** A step that is not counted in rows begins; this many of them follow the rows of the phase. */
    public synchronized void step(String what, int number, int steps) {
        if (phase != null) {
            telling.stepStarted(new StepStarted(phase, what, number, steps, whole.step(number, steps)));
        }
    }

    /** The migration waits for another instance. */
    public void waiting(Waiting event) {
        telling.waiting(event);
    }

    /** The size of the source in bytes: the only known measure of the work before the rows are counted. */
    synchronized void sourceBytes(long value) {
        sourceBytes = value;
    }

    /**
     * How many rows each table has, and how many bytes they hold, once that is known.
     *
     * @param rowsByTable rows, by table
     * @param bytesByTable bytes, by table
     */
    synchronized void totals(Map<String, Long> rowsByTable, Map<String, Long> bytesByTable) {
        totals = Map.copyOf(rowsByTable);
        Map<String, Double> weights = new HashMap<>();
        totalWork = 0;
        totalRows = 0;
        for (Map.Entry<String, Long> table : totals.entrySet()) {
            long count = table.getValue();
            double weight = ROW_BYTES + bytesByTable.getOrDefault(table.getKey(), 0L) / (double) Math.max(1, count);
            weights.put(table.getKey(), weight);
            totalWork += weight * count;
            totalRows += count;
        }
        rowWeights = weights;
    }

    /** Rows of a table that an earlier attempt has copied: they count as done, but not for the rate. */
    public synchronized void doneBefore(String table, long itsRows) {
        rows += itsRows;
        tableRows.merge(table, itsRows, Long::sum);
        work += weight(table) * itsRows;
        workBefore = work;
    }

    /** More rows of a table have been processed. */
    public synchronized void rows(String table, long moreRows, long moreBytes) {
        rows += moreRows;
        bytes += moreBytes;
        work += weight(table) * moreRows;
        long ofTable = tableRows.merge(table, moreRows, Long::sum);
        long now = nanoTime.getAsLong();
        Phase current = phase;
        if (current == null || now - lastEvent < PAUSE_NANOS) {
            return;
        }
        lastEvent = now;
        long total = totals.isEmpty() ? -1 : totalRows;
        Progressed event = new Progressed(
                current,
                table,
                ofTable,
                totals.getOrDefault(table, -1L),
                rows,
                total,
                bytes,
                Duration.ofNanos(now - phaseStart),
                left(now - phaseStart),
                tableRows.size(),
                totals.isEmpty() ? -1 : totals.size(),
                whole.of(totals.isEmpty() ? part((double) bytes, (double) sourceBytes) : part(work, totalWork)));
        telling.progressed(event);
    }

    private static double part(double done, double all) {
        return all <= 0 ? 0 : done / all;
    }

    private double weight(String table) {
        return rowWeights.getOrDefault(table, ROW_BYTES);
    }

    /** Extrapolates from what is done to what is left; a row of a table with large values counts for more. */
    private Optional<Duration> left(long elapsedNanos) {
        boolean counted = !totals.isEmpty();
        double done = counted ? work - workBefore : bytes;
        double toDo = counted ? totalWork - work : sourceBytes - bytes;
        long earliest = done * 100 < done + toDo ? FIRST_ESTIMATE_NANOS : EARLIEST_ESTIMATE_NANOS;
        return done <= 0 || toDo < 0 || elapsedNanos < earliest
                ? Optional.empty()
                : Optional.of(Duration.ofNanos((long) (elapsedNanos * (toDo / done))));
    }

    /** The phases that have ended, in their order. */
    public synchronized List<PhaseTime> finished() {
        return List.copyOf(finished);
    }
}
