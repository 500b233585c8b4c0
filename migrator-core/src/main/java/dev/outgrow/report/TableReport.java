package dev.outgrow.report;

import java.time.Duration;

/**
 * What became of one table. Made by the library; use the accessors.
 *
 * @param name the table in SQLite
 * @param targetName the table in PostgreSQL
 * @param rows the rows that were copied
 * @param bytes the bytes that were sent to the server
 * @param copying the time spent on its rows, added up over connections; zero if an earlier attempt copied them
 */
public record TableReport(String name, String targetName, long rows, long bytes, Duration copying) {}
