/**
 * The wing for schemas whose tables we make: planned, loaded into a staging schema, compared, and published in one
 * transaction.
 */
package dev.outgrow.internal.created;
