package dev.outgrow.internal.plan;

import com.google.common.collect.ImmutableList;
import dev.outgrow.typemap.PgType;
import java.util.List;
import java.util.Optional;

/**
 * An index whose text was translated: what of it must be held against the rows.
 *
 * @param id of the notice by which the caller can do without it
 * @param values the expressions that it is over
 * @param predicate which rows it holds, where that is not all
 */
public record TranslatedIndex(String id, List<Value> values, Optional<Predicate> predicate) {
    public TranslatedIndex {
        values = ImmutableList.copyOf(values);
    }

    /**
     * An expression in both databases.
     *
     * @param text in SQLite
     * @param sql in PostgreSQL
     * @param type of the latter
     */
    public record Value(String text, String sql, PgType type) {}

    /**
     * A condition in both databases.
     *
     * @param text in SQLite
     * @param sql in PostgreSQL
     */
    public record Predicate(String text, String sql) {}
}
