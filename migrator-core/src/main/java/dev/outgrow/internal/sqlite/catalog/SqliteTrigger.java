package dev.outgrow.internal.sqlite.catalog;

import java.util.Optional;

/**
 * A trigger. Immutable.
 *
 * @param name the name, unquoted
 * @param table the table or view that it belongs to
 * @param sql the CREATE TRIGGER as {@code sqlite_schema} keeps it
 * @param event when it fires, such as {@code AFTER UPDATE OF a, b}; absent if the parser does not understand the text
 */
public record SqliteTrigger(String name, String table, String sql, Optional<String> event) {}
