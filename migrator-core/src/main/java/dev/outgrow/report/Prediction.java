package dev.outgrow.report;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;

/**
 * What a rehearsal says of the real run, as it measured it. Made by the library; use the accessors.
 *
 * @param phases how long each phase will take, in their order
 * @param room what it will take on the disks
 */
public record Prediction(List<PhaseTime> phases, Room room) {
    public Prediction {
        phases = ImmutableList.copyOf(phases);
    }

    /** How long one phase will take; zero if it was not run. */
    public Duration time(Phase phase) {
        return phases.stream()
                .filter(line -> line.phase() == phase)
                .map(PhaseTime::time)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** How long all phases will take together. */
    public Duration time() {
        return phases.stream().map(PhaseTime::time).reduce(Duration.ZERO, Duration::plus);
    }
}
