/**
 * Tables whose rows the caller's queries give: inspected, made in a copy of the snapshot, and proved to hold what the
 * queries give.
 */
package dev.outgrow.internal.sqlite.reshape;
