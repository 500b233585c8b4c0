package dev.outgrow.internal.sql;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** The value of a text that SQLite or an application reads as something else. */
public final class SqliteText {
    private SqliteText() {}

    /**
     * The point in time, in UTC, that an ISO-8601 text names; a time of day is of 2000-01-01. Null if it is not one.
     */
    public static @Nullable LocalDateTime moment(String iso) {
        return Times.parse(iso);
    }

    /** The truth value that PostgreSQL takes a word for; null if none. */
    public static @Nullable Boolean truth(String word) {
        return Conversions.truthWord(word);
    }
}
