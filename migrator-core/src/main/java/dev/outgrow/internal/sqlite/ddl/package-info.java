/**
 * SQLite's own language, as far as a schema is written in it: a tokenizer, a parser, and the tree that they make of the
 * statements that {@code sqlite_schema} keeps. Begin at {@link dev.outgrow.internal.sqlite.ddl.DdlParser}.
 */
package dev.outgrow.internal.sqlite.ddl;
