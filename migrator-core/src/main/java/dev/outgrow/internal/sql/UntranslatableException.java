package dev.outgrow.internal.sql;

import java.io.Serial;
import java.util.Locale;

/** Thrown within a translation if PostgreSQL has nothing that certainly means the same; never leaves the package. */
public final class UntranslatableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String why;

    public UntranslatableException(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    public static UntranslatableException of(String format, Object... arguments) {
        return new UntranslatableException(String.format(Locale.ROOT, format, arguments));
    }

    public String why() {
        return why;
    }
}
