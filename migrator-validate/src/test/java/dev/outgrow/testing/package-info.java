/**
 * The test harness: real PostgreSQL databases, a fresh one for each test, and real SQLite files written from statements. Begin
 * at {@link dev.outgrow.testing.TestPostgres} and {@link dev.outgrow.testing.SqliteFiles}.
 */
@NullMarked
package dev.outgrow.testing;

import org.jspecify.annotations.NullMarked;
