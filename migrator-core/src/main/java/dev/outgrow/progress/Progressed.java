package dev.outgrow.progress;

import dev.outgrow.report.Phase;
import java.time.Duration;
import java.util.Optional;

/**
 * Rows went by. Made by the library; use the accessors.
 *
 * @param phase the phase under way
 * @param table the table in SQLite
 * @param tableRows its rows so far in this phase
 * @param tableRowsTotal its rows in all
 * @param rows the rows of all tables so far in this phase
 * @param rowsTotal the rows of all tables; -1 where they are not known yet
 * @param bytes the bytes so far in this phase
 * @param elapsed the time since the phase began
 * @param left an estimate of the time that the phase still takes; empty where nothing can be said yet
 */
public record Progressed(
        Phase phase,
        String table,
        long tableRows,
        long tableRowsTotal,
        long rows,
        long rowsTotal,
        long bytes,
        Duration elapsed,
        Optional<Duration> left) {}
