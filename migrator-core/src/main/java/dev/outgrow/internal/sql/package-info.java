/**
 * Translates SQLite's expressions, defaults, index terms and views to PostgreSQL, taking into account the types that
 * the columns get. What cannot be translated with the same meaning is refused with a reason; nothing is guessed. Begin
 * at {@code ExpressionTranslator}, {@code DefaultTranslator}, {@code IndexTranslator} and {@code ViewTranslator}.
 */
package dev.outgrow.internal.sql;
