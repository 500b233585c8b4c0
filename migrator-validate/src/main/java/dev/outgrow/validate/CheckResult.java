package dev.outgrow.validate;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one of the app's own checks said. Immutable; made by the library, use the accessors. */
public final class CheckResult {
    private final String name;
    private final boolean passed;
    private final String message;
    private final @Nullable Throwable cause;
    private final Duration time;

    /**
     * Made by the library.
     *
     * @param name the name that the app gave it
     * @param passed whether it holds
     * @param message why it does not; empty if it does
     * @param cause what the check threw, if it did
     * @param time how long it took
     */
    public CheckResult(String name, boolean passed, String message, @Nullable Throwable cause, Duration time) {
        this.name = Objects.requireNonNull(name, "name");
        this.passed = passed;
        this.message = Objects.requireNonNull(message, "message");
        this.cause = cause;
        this.time = Objects.requireNonNull(time, "time");
    }

    /** The name that the app gave the check. */
    public String name() {
        return name;
    }

    /** Whether it holds. */
    public boolean passed() {
        return passed;
    }

    /** Why it does not hold, without any value of the databases; empty if it does. */
    public String message() {
        return message;
    }

    /** What the check threw, if it did; a report that was read back from JSON no longer has it. */
    public Optional<Throwable> cause() {
        return Optional.ofNullable(cause);
    }

    /** How long it took. */
    public Duration time() {
        return time;
    }

    @Override
    public String toString() {
        return name + ": " + (passed ? "passed" : "failed: " + message);
    }
}
