/**
 * The source file: finds it, refuses what cannot be migrated, takes the frozen copy that everything is read from, and never
 * changes the original.
 */
package dev.outgrow.internal.sqlite.source;
