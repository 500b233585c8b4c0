package dev.outgrow.internal.work;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.typemap.internal.value.ConverterFailedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A converter of the application's own that threw where nobody else could name it: while the databases were compared. */
public final class FailedConverter {
    private FailedConverter() {}

    /** The exception to throw if a converter caused a failure. */
    public static Optional<MigrationException> behind(Throwable failure) {
        int depth = 0;
        for (@Nullable Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
            if (cause instanceof ConverterFailedException failed) {
                return Optional.of(new MigrationException(
                        Reason.VALUE_REFUSED,
                        String.valueOf(failed.getMessage()),
                        "correct the converter: it must take every value of the column, and give back every value that"
                                + " PostgreSQL prints. Then run again.",
                        StackOnly.of(failed)));
            }
            depth++;
        }
        return Optional.empty();
    }
}
