package dev.outgrow.internal.plan;

import java.util.Optional;

/**
 * One statement of the script. Names in it carry no schema: it runs with {@code search_path} at the schema of the moment.
 *
 * @param step its name in the journal
 * @param sql its text, without a semicolon
 * @param translated the id by which the caller can do without it, where its text was translated from SQLite's
 */
public record Statement(String step, String sql, Optional<String> translated) {
    /** A statement that is ours from the first word to the last. */
    public Statement(String step, String sql) {
        this(step, sql, Optional.empty());
    }
}
