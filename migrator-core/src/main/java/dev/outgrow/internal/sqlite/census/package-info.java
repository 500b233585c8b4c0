/**
 * The census: one pass over every value before any write. Later searches are in {@code sqlite.search}.
 *
 * <p>Rows are counted in <em>slices</em>: spans of a table for the workers, so that several can count one table at
 * once. The count gives <em>parts</em>: spans of about equal bytes, in the order of the rows, however it was sliced. A
 * part is what is copied by one COPY, and what is copied again if a run was cut off.
 */
package dev.outgrow.internal.sqlite.census;
