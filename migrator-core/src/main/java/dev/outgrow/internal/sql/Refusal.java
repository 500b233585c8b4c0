package dev.outgrow.internal.sql;

import java.io.Serial;
import java.util.Locale;

/** Thrown within a translation where PostgreSQL has nothing that surely means the same; never leaves the package. */
final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String why;

    Refusal(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    static Refusal of(String format, Object... arguments) {
        return new Refusal(String.format(Locale.ROOT, format, arguments));
    }

    String why() {
        return why;
    }
}
