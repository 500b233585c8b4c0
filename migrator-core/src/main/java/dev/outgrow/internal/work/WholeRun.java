package dev.outgrow.internal.work;

import dev.outgrow.report.Phase;

/** How much of a whole run is done: one number that never goes back. Not safe for concurrent use. */
final class WholeRun {
    /** The share of the rows in a phase whose rows are followed by steps. */
    private static final double ROWS = 0.7;

    private Phase phase = Phase.SNAPSHOT;
    private double reached;

    /** The typical share of each phase in a run, in hundredths; together 99: the end completes it. */
    private static int share(Phase phase) {
        return switch (phase) {
            case SNAPSHOT -> 4;
            case CATALOG -> 1;
            case CENSUS -> 16;
            case PLAN -> 5;
            case PRE_DATA -> 3;
            case DATA -> 32;
            case POST_DATA -> 14;
            case VALIDATION -> 22;
            case PUBLICATION -> 2;
        };
    }

    private static double before(Phase phase) {
        int sum = 0;
        for (Phase earlier : Phase.values()) {
            if (earlier.compareTo(phase) < 0) {
                sum += share(earlier);
            }
        }
        return sum / 100.0;
    }

    void begin(Phase next) {
        phase = next;
        of(0);
    }

    /** Takes the done share of the phase's rows, and returns the done share of the whole. */
    double of(double rows) {
        double within = phase == Phase.VALIDATION ? ROWS * rows : rows;
        return reach(within);
    }

    /** A step that follows the rows begins. */
    double step(int number, int steps) {
        double done = (number - 1) / (double) Math.max(1, steps);
        return reach(phase == Phase.VALIDATION ? ROWS + (1 - ROWS) * done : done);
    }

    private double reach(double within) {
        reached = Math.max(reached, before(phase) + share(phase) / 100.0 * Math.max(0, Math.min(1, within)));
        return reached;
    }
}
