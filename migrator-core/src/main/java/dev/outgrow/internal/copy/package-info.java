/**
 * The copier: rows of SQLite to fields of PostgreSQL's binary COPY.
 *
 * <p>It copies part by part, and sends a part in <em>pieces</em>: buffers of some hundred kilobytes, on their way from those who read to the
 * connection that sends. A piece means nothing by itself; a row may be cut by its end.
 */
package dev.outgrow.internal.copy;
