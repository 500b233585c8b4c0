/**
 * Reads the rows of a SQLite database into value slots, by the storage class of each value and without strings.
 *
 * <p>A <em>range</em> is a set of rows: those between two keys, or all. Slices and parts of the census are ranges, and
 * so are the spans in which a large table is compared.
 */
package dev.outgrow.internal.sqlite.read;
