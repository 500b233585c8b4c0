package dev.outgrow.progress;

import dev.outgrow.report.Phase;
import java.time.Duration;
import java.util.Optional;

/**
 * Rows went by; or, as the last event of a run, all is done. Made by the library; use the accessors.
 *
 * @param phase the phase under way
 * @param table the table in SQLite; empty when all is done
 * @param tableRows its rows so far in this phase
 * @param tableRowsTotal its rows in all
 * @param rows the rows of all tables so far in this phase
 * @param rowsTotal the rows of all tables; -1 if they are not known yet
 * @param bytes the bytes so far in this phase
 * @param elapsed the time since the phase began
 * @param left an estimate of the remaining time of the phase; empty if there is none yet
 * @param tables how many tables have been reached in this phase
 * @param tablesTotal how many tables there are; -1 if they are not known yet
 * @param whole how much of the whole run is done, from 0 to 1; it never decreases, and is 1 only when all is done
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
        Optional<Duration> left,
        int tables,
        int tablesTotal,
        double whole) {}
