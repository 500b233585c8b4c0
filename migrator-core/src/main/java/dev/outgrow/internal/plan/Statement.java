package dev.outgrow.internal.plan;

/**
 * One statement of the script. Names in it carry no schema: it runs with {@code search_path} at the schema of the moment.
 *
 * @param step its name in the journal
 * @param sql its text, without a semicolon
 */
public record Statement(String step, String sql) {}
