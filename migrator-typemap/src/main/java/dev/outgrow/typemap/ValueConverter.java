package dev.outgrow.typemap;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A caller's own conversion of the values of a column, written once for both directions. Called from several threads at
 * once: keep it stateless.
 *
 * <p>Values of SQLite arrive as {@link Long}, {@link Double}, {@link String} or {@code byte[]}; NULL never arrives, it
 * stays NULL. Values for PostgreSQL are given as text in any form that the type's input function accepts: {@code 90
 * days 0 microseconds} of an {@code interval}. In a schema that exists PostgreSQL itself reads what this library does
 * not; in one that is made, dates and times are in ISO's form.
 *
 * <p>The message of an exception is quoted, unless it repeats the value, with the column and the class of the
 * converter.
 */
public interface ValueConverter {
    /**
     * The value for PostgreSQL.
     *
     * @param value the value in SQLite
     * @return its text in PostgreSQL; null for NULL
     * @throws IllegalArgumentException if the value cannot be converted: it becomes a misfit, as with any other unchecked
     *     exception
     */
    @Nullable
    String toPostgres(Object value);

    /**
     * The value for SQLite, so that the migration can be proved and undone.
     *
     * @param text the value as PostgreSQL prints it, with the time zone UTC and the styles ISO and postgres: {@code 2024-02-29
     *     12:30:00.5+00} of a {@code timestamptz}, {@code 1 day 02:00:00} of an {@code interval}, {@code t} of a {@code boolean}
     * @return a {@link Long}, {@link Double}, {@link String} or {@code byte[]}; empty if there is no way back: the
     *     column is then left out of the comparison of values, and the report says so
     */
    default Optional<Object> toSqlite(String text) {
        return Optional.empty();
    }
}
