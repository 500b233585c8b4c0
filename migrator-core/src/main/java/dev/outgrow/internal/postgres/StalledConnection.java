package dev.outgrow.internal.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A connection that stayed open and silent was given up. */
final class StalledConnection extends SQLException {
    private static final long serialVersionUID = 1;

    /** The SQLSTATE connection_failure. */
    private static final String STATE = "08006";

    StalledConnection(String words, @Nullable SQLException cause) {
        super(words, STATE, cause);
    }

    /** Whether a failure is a consequence of that. */
    static boolean isCauseOf(SQLException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof StalledConnection) {
                return true;
            }
        }
        return false;
    }
}
