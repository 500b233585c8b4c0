package dev.outgrow.internal.plan;

import java.util.Optional;

/**
 * One statement of the script. Names in it carry no schema: it runs with {@code search_path} at the schema of the moment.
 *
 * @param step its name in the journal
 * @param sql its text, without a semicolon
 * @param translated the id by which the caller can do without it, where its text was translated from SQLite's
 * @param script how the plan's script says it, where a run takes it in several steps; empty where another statement says it
 */
public record Statement(String step, String sql, Optional<String> translated, String script) {
    /** A statement that the script says as it is. */
    public Statement(String step, String sql, Optional<String> translated) {
        this(step, sql, translated, sql);
    }

    /** A statement that is ours from the first word to the last. */
    public Statement(String step, String sql) {
        this(step, sql, Optional.empty());
    }

    /** The same, said otherwise by the script. */
    Statement scripted(String text) {
        return new Statement(step, sql, translated, text);
    }
}
