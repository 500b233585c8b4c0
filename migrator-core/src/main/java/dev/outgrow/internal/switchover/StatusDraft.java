package dev.outgrow.internal.switchover;

import com.google.common.collect.ImmutableList;
import dev.outgrow.exception.Reason;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.CostOfGoingBack;
import dev.outgrow.switchover.LateWrites;
import dev.outgrow.switchover.SwitchoverState;
import dev.outgrow.switchover.SwitchoverStatus;
import dev.outgrow.switchover.WaitingCopy;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A status that is built up step by step. Not safe for concurrent use. */
final class StatusDraft {
    private final SwitchoverState state;
    private final Instant askedAt;
    private @Nullable ActiveDatabase active;
    private @Nullable String refusal;
    private int exitCode;
    private @Nullable String migrationId;
    private int round;
    private @Nullable Instant since;
    private @Nullable Instant provenAt;
    private List<String> nextSteps = List.of();
    private List<String> findings = List.of();
    private LateWrites lateWrites = LateWrites.none();
    private @Nullable WaitingCopy waitingCopy;
    private @Nullable CostOfGoingBack costOfGoingBack;

    /** A status asked for at an instant. */
    StatusDraft(SwitchoverState state, Instant askedAt) {
        this.state = Objects.requireNonNull(state, "state");
        this.askedAt = Objects.requireNonNull(askedAt, "askedAt");
    }

    /** What {@code active()} answers. */
    StatusDraft active(ActiveDatabase value) {
        active = value;
        return this;
    }

    /** Why it refuses, as a sentence. */
    StatusDraft refusal(Reason reason, String value) {
        refusal = value;
        exitCode = reason.exitCode();
        return this;
    }

    /** Sets the migration, its round, since when it is in its state, and when it was proven. */
    StatusDraft happened(String id, int number, Instant at, @Nullable Instant proven) {
        migrationId = id;
        round = number;
        since = at;
        provenAt = proven;
        return this;
    }

    /** What to do now. */
    StatusDraft nextSteps(List<String> value) {
        nextSteps = value;
        return this;
    }

    /** What else was found. */
    StatusDraft findings(List<String> value) {
        findings = value;
        return this;
    }

    /** What was written late. */
    StatusDraft lateWrites(LateWrites value) {
        lateWrites = value;
        return this;
    }

    /** A copy that was made ahead. */
    StatusDraft waitingCopy(WaitingCopy value) {
        waitingCopy = value;
        return this;
    }

    /** What going back would cost. */
    StatusDraft costOfGoingBack(CostOfGoingBack value) {
        costOfGoingBack = value;
        return this;
    }

    /** The status. */
    SwitchoverStatus build() {
        return new Status(
                state,
                Optional.ofNullable(active),
                Optional.ofNullable(refusal),
                exitCode,
                Optional.ofNullable(migrationId),
                round,
                Optional.ofNullable(since),
                Optional.ofNullable(provenAt),
                askedAt,
                nextSteps,
                findings,
                lateWrites,
                Optional.ofNullable(waitingCopy),
                Optional.ofNullable(costOfGoingBack));
    }

    private record Status(
            SwitchoverState state,
            Optional<ActiveDatabase> active,
            Optional<String> refusal,
            int exitCode,
            Optional<String> migrationId,
            int round,
            Optional<Instant> since,
            Optional<Instant> provenAt,
            Instant askedAt,
            List<String> nextSteps,
            List<String> findings,
            LateWrites lateWrites,
            Optional<WaitingCopy> waitingCopy,
            Optional<CostOfGoingBack> costOfGoingBack)
            implements SwitchoverStatus {
        Status {
            nextSteps = ImmutableList.copyOf(nextSteps);
            findings = ImmutableList.copyOf(findings);
        }

        @Override
        public String toString() {
            return toText();
        }
    }
}
