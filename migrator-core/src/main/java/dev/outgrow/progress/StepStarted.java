package dev.outgrow.progress;

import dev.outgrow.report.Phase;

/**
 * A step of a phase begins that is not counted in rows, such as the comparison of a view. Made by the library; use the accessors.
 *
 * @param phase the phase under way
 * @param what what it is about, such as {@code view:open_tasks}
 * @param number which of the steps, from 1
 * @param steps how many there are
 * @param whole how much of the whole run is done, from 0 to 1; it never decreases
 */
public record StepStarted(Phase phase, String what, int number, int steps, double whole) {}
