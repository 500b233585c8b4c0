package dev.outgrow;

import dev.outgrow.progress.MigrationListener;
import dev.outgrow.report.Phase;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Ends the JVM that it is in, as the operating system does, a while after a step of a switchover has begun. */
final class KillAt {
    /** Where a switch can be ended. The markers are those that it writes, one after another. */
    enum Step {
        QUIESCE,
        SNAPSHOT(Phase.SNAPSHOT),
        PRE_DATA(Phase.PRE_DATA),
        DATA(Phase.DATA),
        POST_DATA(Phase.POST_DATA),
        VALIDATION(Phase.VALIDATION),
        PUBLICATION(Phase.PUBLICATION),
        SMOKE_TEST,
        FIRST_MARKER(1),
        SECOND_MARKER(2),
        THIRD_MARKER(3),
        FOURTH_MARKER(4),
        NEVER;

        private final Optional<Phase> phase;
        private final int marker;

        Step() {
            this.phase = Optional.empty();
            this.marker = 0;
        }

        Step(Phase phase) {
            this.phase = Optional.of(phase);
            this.marker = 0;
        }

        Step(int marker) {
            this.phase = Optional.empty();
            this.marker = marker;
        }

        /** How long it takes at most, so that the end falls into it, or close behind it. */
        long atMostMicros() {
            return marker > 0 ? 3_000 : 120_000;
        }
    }

    private final Step step;
    private final long nanos;

    /**
     * An end.
     *
     * @param micros how long after the step has begun
     */
    KillAt(Step step, long micros) {
        this.step = step;
        this.nanos = TimeUnit.MICROSECONDS.toNanos(micros);
    }

    /** Says that a step begins. */
    void reached(Step reached) {
        if (reached == step) {
            start(() -> {
                LockSupport.parkNanos(nanos);
                Runtime.getRuntime().halt(137);
            });
        }
    }

    /** Says so of phases. */
    MigrationListener listener() {
        return Disturbed.at(phase -> {
            if (step.phase.filter(phase::equals).isPresent()) {
                reached(step);
            }
        });
    }

    /** Looks at the markers of a file, without a pause: one is written in a few milliseconds. */
    void watch(Path file) {
        if (step.marker == 0) {
            return;
        }
        start(() -> {
            Set<String> seen = new HashSet<>();
            while (seen.size() < step.marker) {
                String[] names = file.resolveSibling("").toFile().list();
                for (String name : names == null ? new String[0] : names) {
                    if (name.contains(".outgrow-switchover.new-")) {
                        seen.add(name);
                    }
                }
            }
            reached(step);
        });
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "kill");
        thread.setDaemon(true);
        thread.start();
    }
}
