/**
 * The copier: rows of SQLite to fields of PostgreSQL's binary COPY.
 *
 * <p>It copies part by part, and sends a part in <em>pieces</em>: buffers of some hundred kilobytes, on their way from
 * those who read to the connection that sends. A piece means nothing by itself; its end may cut a row.
 */
package dev.outgrow.internal.copy;
