/** Reads the rows of a SQLite database into value slots, by the storage class of each value and without strings. */
package dev.outgrow.internal.sqlite.read;
