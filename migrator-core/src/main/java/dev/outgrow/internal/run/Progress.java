package dev.outgrow.internal.run;

import dev.outgrow.progress.MigrationListener;
import dev.outgrow.progress.PhaseStarted;
import dev.outgrow.progress.Progressed;
import dev.outgrow.report.Phase;
import dev.outgrow.report.PhaseTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The clock of the phases, and what the listener is told of them. Safe for use by several threads. */
public final class Progress {
    private static final long PAUSE_NANOS = 100_000_000;

    private final MigrationListener listener;
    private final List<PhaseTime> finished = new ArrayList<>();
    private final Map<String, Long> tableRows = new HashMap<>();
    private Map<String, Long> totals = Map.of();
    private @Nullable Phase phase;
    private long phaseStart;
    private long lastEvent;
    private long rows;
    private long bytes;

    public Progress(MigrationListener listener) {
        this.listener = listener;
    }

    /** Ends the phase before and begins this one. */
    public synchronized void begin(Phase next) {
        end();
        phase = next;
        phaseStart = System.nanoTime();
        lastEvent = 0;
        rows = 0;
        bytes = 0;
        tableRows.clear();
        tell(() -> listener.phaseStarted(new PhaseStarted(next)));
    }

    /** Ends the phase under way. */
    public synchronized void end() {
        if (phase != null) {
            finished.add(new PhaseTime(phase, Duration.ofNanos(System.nanoTime() - phaseStart)));
            phase = null;
        }
    }

    /** How many rows each table has, once that is known. */
    public synchronized void totals(Map<String, Long> rowsByTable) {
        totals = Map.copyOf(rowsByTable);
    }

    /** More rows of a table went by. */
    public synchronized void rows(String table, long moreRows, long moreBytes) {
        rows += moreRows;
        bytes += moreBytes;
        long ofTable = tableRows.merge(table, moreRows, Long::sum);
        long now = System.nanoTime();
        Phase current = phase;
        if (current == null || (lastEvent != 0 && now - lastEvent < PAUSE_NANOS)) {
            return;
        }
        lastEvent = now;
        long total = totals.isEmpty()
                ? -1
                : totals.values().stream().mapToLong(Long::longValue).sum();
        Duration elapsed = Duration.ofNanos(now - phaseStart);
        Progressed event = new Progressed(
                current,
                table,
                ofTable,
                totals.getOrDefault(table, -1L),
                rows,
                total,
                bytes,
                elapsed,
                left(elapsed, total));
        tell(() -> listener.progressed(event));
    }

    private Optional<Duration> left(Duration elapsed, long total) {
        if (rows <= 0 || total < rows) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos((long) (elapsed.toNanos() * ((double) (total - rows) / rows))));
    }

    /** The phases that have ended, in their order. */
    public synchronized List<PhaseTime> finished() {
        return List.copyOf(finished);
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            System.getLogger(Progress.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The migration's listener threw " + e.getClass().getName() + ".");
        }
    }
}
