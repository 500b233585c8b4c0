/**
 * The way back: a SQLite file that begins as the frozen backup and gets everything that was written to PostgreSQL
 * since.
 */
package dev.outgrow.internal.wayback;
