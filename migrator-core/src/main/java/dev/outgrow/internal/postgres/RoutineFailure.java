package dev.outgrow.internal.postgres;

import java.io.Serial;
import java.sql.SQLException;

/** The failure of a function of the database, without the words in which it said so: they may hold values. */
public final class RoutineFailure extends SQLException {
    @Serial
    private static final long serialVersionUID = 1L;

    RoutineFailure(String message, String state) {
        super(message, state);
    }
}
