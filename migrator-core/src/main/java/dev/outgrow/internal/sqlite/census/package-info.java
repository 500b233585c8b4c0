/** The census: one pass over every value before any write. */
package dev.outgrow.internal.sqlite.census;
