package dev.outgrow.validate;

import java.io.Serial;
import java.util.Objects;

/** Thrown by a {@link Check} whose answer is no. Its message goes into the report. */
public class CheckFailedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * A no.
     *
     * @param reason why, without any value of a row
     */
    public CheckFailedException(String reason) {
        super(Objects.requireNonNull(reason, "reason"));
        this.reason = reason;
    }

    /** Why, without any value of a row. */
    public String reason() {
        return reason;
    }
}
