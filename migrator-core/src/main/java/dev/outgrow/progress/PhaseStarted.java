package dev.outgrow.progress;

import dev.outgrow.report.Phase;

/**
 * A phase begins. Made by the library; use the accessors.
 *
 * @param phase which
 */
public record PhaseStarted(Phase phase) {}
