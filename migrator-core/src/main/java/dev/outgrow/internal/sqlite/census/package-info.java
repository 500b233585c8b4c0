/** The census: one pass over every value before any write. What is searched for later has {@code sqlite.search} for itself. */
package dev.outgrow.internal.sqlite.census;
