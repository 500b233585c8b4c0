package dev.outgrow.internal.sql;

import java.io.Serial;
import java.util.Locale;

/** Thrown within a translation if PostgreSQL has nothing that certainly means the same; never leaves the package. */
final class UntranslatableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String why;

    UntranslatableException(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    static UntranslatableException of(String format, Object... arguments) {
        return new UntranslatableException(String.format(Locale.ROOT, format, arguments));
    }

    String why() {
        return why;
    }
}
