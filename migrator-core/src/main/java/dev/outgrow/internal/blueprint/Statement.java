package dev.outgrow.internal.blueprint;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * One statement of the script. Names in it carry no schema: it runs with the current schema in {@code search_path}.
 *
 * @param step its name in the journal
 * @param sql its text, without a semicolon
 * @param translated the id by which the caller can do without it, if its text was translated from SQLite's
 * @param script how the plan's script says it, if a run takes it in several steps; empty if another statement says it
 * @param doubtful the rows that may be too long for the index that it makes
 */
public record Statement(
        String step, String sql, Optional<String> translated, String script, Optional<Doubtful> doubtful) {
    /**
     * Rows that an index may refuse: only the server can say.
     *
     * @param id of the notice by which the caller does without the index
     * @param columns whose values are long, by their names in SQLite; empty for all
     * @param bytes rows with more in these columns
     */
    public record Doubtful(String id, List<String> columns, long bytes) {
        public Doubtful {
            columns = ImmutableList.copyOf(columns);
        }
    }

    /** A statement that the script contains as it is. */
    public Statement(String step, String sql, Optional<String> translated) {
        this(step, sql, translated, sql, Optional.empty());
    }

    /** A statement without any translated text. */
    public Statement(String step, String sql) {
        this(step, sql, Optional.empty());
    }

    /** The same with another text in the script. */
    public Statement scripted(String text) {
        return new Statement(step, sql, translated, text, doubtful);
    }

    /** The same, marked as one for which only the server knows whether it accepts all rows. */
    public Statement doubting(Optional<Doubtful> rows) {
        return new Statement(step, sql, translated, script, rows);
    }
}
