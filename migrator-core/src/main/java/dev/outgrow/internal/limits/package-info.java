/**
 * What PostgreSQL has no room for: rows, index entries, columns. The server itself is asked, since it compresses
 * values.
 */
package dev.outgrow.internal.limits;
