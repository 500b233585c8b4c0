package dev.outgrow.typemap;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A caller's own conversion of the values of a column, written once for both directions. Called from several threads at
 * once: keep it stateless.
 *
 * <p>Values of SQLite arrive as {@link Long}, {@link Double}, {@link String} or {@code byte[]}; NULL never arrives, it stays
 * NULL. Values for PostgreSQL are given as the text that its input function of the type takes.
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
     * The value for SQLite again, so that the migration can be proved and undone.
     *
     * @param text the value's text in PostgreSQL
     * @return a {@link Long}, {@link Double}, {@link String} or {@code byte[]}; empty if there is no way back: the
     *     column is then left out of the comparison of values, and the report says so
     */
    default Optional<Object> toSqlite(String text) {
        return Optional.empty();
    }
}
