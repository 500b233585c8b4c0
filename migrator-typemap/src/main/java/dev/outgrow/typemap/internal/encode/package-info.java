/** The half that writes: converts SQLite values to the fields of binary COPY. Validation does not know it. */
package dev.outgrow.typemap.internal.encode;
