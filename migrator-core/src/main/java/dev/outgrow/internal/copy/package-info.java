/** The copier: rows of SQLite to fields of PostgreSQL's binary COPY. */
package dev.outgrow.internal.copy;
