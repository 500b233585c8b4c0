package dev.outgrow.switchover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a switchover stands. Implemented by the library alone, and methods may be added. Immutable. {@link #toText()} is for people,
 * {@link #toJson()} for programs. It holds no password and no value of a row.
 */
public interface SwitchoverStatus {
    /** The state. */
    SwitchoverState state();

    /** What {@code active()} answers; empty if it refuses. */
    Optional<ActiveDatabase> active();

    /** Why {@code active()} refuses, as a sentence; empty if it answers. */
    Optional<String> refusal();

    /**
     * The exit status of a command that shows it: 0 if {@code active()} answers, else the exit status of the reason for
     * the refusal.
     */
    int exitCode();

    /** The id that marker and journal share; empty if nothing was begun. */
    Optional<String> migrationId();

    /** How often the application has begun to switch; 0 if never. */
    int round();

    /** When the state began; empty if nothing has happened yet. */
    Optional<Instant> since();

    /** When all values were last compared and published; empty if never. */
    Optional<Instant> provenAt();

    /** How old that proof is; empty if there is none. */
    default Optional<Duration> provenSince() {
        return provenAt().map(then -> Duration.between(then, askedAt()));
    }

    /** When the status was asked for. */
    Instant askedAt();

    /** What to do now, a sentence each. */
    List<String> nextSteps();

    /** What else was found, such as identity values behind their data, each with the statement that repairs it. */
    List<String> findings();

    /** What was written to the old file after it was frozen. */
    LateWrites lateWrites();

    /** The copy that was made ahead of the switch, if one waits. */
    Optional<WaitingCopy> waitingCopy();

    /** What going back would cost now; empty unless the application is on PostgreSQL and the backup is there. */
    Optional<CostOfGoingBack> costOfGoingBack();

    /** As one HTML file that needs nothing else: to be opened in a browser, printed, or sent to somebody. */
    default String toHtml() {
        return SwitchoverHtml.of(this);
    }

    /** The status as a JSON object. */
    default String toJson() {
        return SwitchoverText.json(this);
    }

    /** The status as text that a person can read; {@code toString()} says the same. */
    default String toText() {
        return SwitchoverText.of(this);
    }
}
