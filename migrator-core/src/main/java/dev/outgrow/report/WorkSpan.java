package dev.outgrow.report;

/**
 * What one connection was busy with for a time. Made by the library; use the accessors.
 *
 * @param connection which, counted from 1
 * @param table the table in SQLite
 * @param startMillis when it began, in milliseconds from the beginning of the run
 * @param millis how long it took
 */
public record WorkSpan(int connection, String table, long startMillis, long millis) {}
