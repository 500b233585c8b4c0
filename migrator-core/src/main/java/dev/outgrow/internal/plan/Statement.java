package dev.outgrow.internal.plan;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * One statement of the script. Names in it carry no schema: it runs with {@code search_path} at the schema of the moment.
 *
 * @param step its name in the journal
 * @param sql its text, without a semicolon
 * @param translated the id by which the caller can do without it, where its text was translated from SQLite's
 * @param script how the plan's script says it, where a run takes it in several steps; empty where another statement says it
 * @param doubtful which rows may be too long for the index that it makes
 */
public record Statement(
        String step, String sql, Optional<String> translated, String script, Optional<Doubtful> doubtful) {
    /**
     * Rows that an index may not take: only the server can say.
     *
     * @param id of the notice by which the caller goes without the index
     * @param columns whose values are long, by their names in SQLite; empty for all
     * @param bytes rows with more in these columns
     */
    public record Doubtful(String id, List<String> columns, long bytes) {
        public Doubtful {
            columns = ImmutableList.copyOf(columns);
        }
    }

    /** A statement that the script says as it is. */
    public Statement(String step, String sql, Optional<String> translated) {
        this(step, sql, translated, sql, Optional.empty());
    }

    /** A statement that is ours from the first word to the last. */
    public Statement(String step, String sql) {
        this(step, sql, Optional.empty());
    }

    /** The same, said otherwise by the script. */
    Statement scripted(String text) {
        return new Statement(step, sql, translated, text, doubtful);
    }

    /** The same, of which only the server can say whether it takes all rows. */
    Statement doubting(Optional<Doubtful> rows) {
        return new Statement(step, sql, translated, script, rows);
    }
}
