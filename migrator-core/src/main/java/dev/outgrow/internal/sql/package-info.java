/**
 * Translates SQLite's expressions, defaults and index terms to PostgreSQL, taking into account the types that the columns get.
 * What cannot be translated with the same meaning is refused with a reason; nothing is guessed. Begin at {@code
 * ExpressionTranslator}, {@code DefaultTranslator} and {@code IndexTranslator}; queries are in {@code sql.query}.
 */
package dev.outgrow.internal.sql;
