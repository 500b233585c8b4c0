/** What PostgreSQL has no room for: rows, entries of indexes, columns. Asked of the server itself, since it compresses. */
package dev.outgrow.internal.limits;
