package dev.outgrow.switchover;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a switchover stands. Immutable; made by the library, use the accessors. {@link #toString()} is for people, {@link
 * #toJson()} for programs. It holds no password and no value of a row.
 */
public final class SwitchoverStatus {
    private final SwitchoverState state;
    private final @Nullable ActiveDatabase active;
    private final @Nullable String refusal;
    private final @Nullable String migrationId;
    private final int round;
    private final @Nullable Instant since;
    private final @Nullable Instant provenAt;
    private final Instant askedAt;
    private final List<String> nextSteps;
    private final List<String> findings;
    private final LateWrites lateWrites;
    private final @Nullable CostOfGoingBack costOfGoingBack;

    private SwitchoverStatus(Builder builder) {
        state = builder.state;
        active = builder.active;
        refusal = builder.refusal;
        migrationId = builder.migrationId;
        round = builder.round;
        since = builder.since;
        provenAt = builder.provenAt;
        askedAt = builder.askedAt;
        nextSteps = ImmutableList.copyOf(builder.nextSteps);
        findings = ImmutableList.copyOf(builder.findings);
        lateWrites = builder.lateWrites;
        costOfGoingBack = builder.costOfGoingBack;
    }

    /** How far it is. */
    public SwitchoverState state() {
        return state;
    }

    /** What {@code active()} answers; empty if it refuses. */
    public Optional<ActiveDatabase> active() {
        return Optional.ofNullable(active);
    }

    /** Why {@code active()} refuses, as a sentence; empty if it answers. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** The id that marker and journal have in common; empty if nothing was begun. */
    public Optional<String> migrationId() {
        return Optional.ofNullable(migrationId);
    }

    /** How often the application has begun to switch; 0 if never. */
    public int round() {
        return round;
    }

    /** When the state began; empty if nothing has happened yet. */
    public Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    /** When all values were last compared and published; empty if never. */
    public Optional<Instant> provenAt() {
        return Optional.ofNullable(provenAt);
    }

    /** How old that proof is; empty if there is none. */
    public Optional<Duration> provenSince() {
        return provenAt().map(then -> Duration.between(then, askedAt));
    }

    /** When the status was asked for. */
    public Instant askedAt() {
        return askedAt;
    }

    /** What to do now, a sentence each. */
    public List<String> nextSteps() {
        return nextSteps;
    }

    /** What else was found, such as identity values behind their data, each with the statement that repairs it. */
    public List<String> findings() {
        return findings;
    }

    /** What was written to the old file after it had been frozen. */
    public LateWrites lateWrites() {
        return lateWrites;
    }

    /** What going back would cost now; empty unless the application is on PostgreSQL and the backup is there. */
    public Optional<CostOfGoingBack> costOfGoingBack() {
        return Optional.ofNullable(costOfGoingBack);
    }

    /** As one HTML file that needs nothing else: to be opened in a browser, printed, or sent to somebody. */
    public String toHtml() {
        return SwitchoverHtml.of(this);
    }

    /** The status as a JSON object. */
    public String toJson() {
        return SwitchoverText.json(this);
    }

    /** The status as text that a person can read. */
    @Override
    public String toString() {
        return SwitchoverText.of(this);
    }

    /** What a status is made of. For the library's own use. */
    public static final class Builder {
        private final SwitchoverState state;
        private final Instant askedAt;
        private @Nullable ActiveDatabase active;
        private @Nullable String refusal;
        private @Nullable String migrationId;
        private int round;
        private @Nullable Instant since;
        private @Nullable Instant provenAt;
        private List<String> nextSteps = List.of();
        private List<String> findings = List.of();
        private LateWrites lateWrites = LateWrites.none();
        private @Nullable CostOfGoingBack costOfGoingBack;

        /** A status asked for at an instant. */
        public Builder(SwitchoverState state, Instant askedAt) {
            this.state = Objects.requireNonNull(state, "state");
            this.askedAt = Objects.requireNonNull(askedAt, "askedAt");
        }

        /** What {@code active()} answers. */
        public Builder active(ActiveDatabase value) {
            active = value;
            return this;
        }

        /** Why it refuses, as a sentence. */
        public Builder refusal(String value) {
            refusal = value;
            return this;
        }

        /** Which migration, in which round, since when, and when it was proven. */
        public Builder happened(String id, int number, Instant at, @Nullable Instant proven) {
            migrationId = id;
            round = number;
            since = at;
            provenAt = proven;
            return this;
        }

        /** What to do now. */
        public Builder nextSteps(List<String> value) {
            nextSteps = value;
            return this;
        }

        /** What else was found. */
        public Builder findings(List<String> value) {
            findings = value;
            return this;
        }

        /** What was written late. */
        public Builder lateWrites(LateWrites value) {
            lateWrites = value;
            return this;
        }

        /** What going back would cost. */
        public Builder costOfGoingBack(CostOfGoingBack value) {
            costOfGoingBack = value;
            return this;
        }

        /** The status. */
        public SwitchoverStatus build() {
            return new SwitchoverStatus(this);
        }
    }
}
