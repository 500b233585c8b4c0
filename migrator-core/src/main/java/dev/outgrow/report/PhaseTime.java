package dev.outgrow.report;

import java.time.Duration;

/**
 * How long a phase took. Made by the library; use the accessors.
 *
 * @param phase the phase
 * @param time how long
 */
public record PhaseTime(Phase phase, Duration time) {}
