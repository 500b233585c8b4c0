package dev.outgrow.internal.blueprint;

import com.google.common.collect.ImmutableList;
import dev.outgrow.typemap.PgType;
import java.util.List;
import java.util.Optional;

/**
 * An index whose text was translated: the parts that must be proved with the rows.
 *
 * @param id of the notice by which the caller can do without it
 * @param values its expressions
 * @param predicate which rows it covers, if not all
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
