package dev.outgrow.internal.work;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A failure and its causes, reduced to class and stack: their messages may repeat values of rows. */
public final class StackOnly extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private StackOnly(String message, @Nullable Throwable cause) {
        super(message, cause, false, true);
    }

    public static StackOnly of(Throwable failure) {
        Throwable cause = failure.getCause();
        StackOnly only = new StackOnly(
                failure.getClass().getName(), cause == null || cause == failure ? null : StackOnly.of(cause));
        only.setStackTrace(failure.getStackTrace());
        return only;
    }
}
