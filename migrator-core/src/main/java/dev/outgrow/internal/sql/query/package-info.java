/** Translates SQLite's queries, and with them its views over the expressions below. Begin at {@code ViewTranslator}. */
package dev.outgrow.internal.sql.query;
