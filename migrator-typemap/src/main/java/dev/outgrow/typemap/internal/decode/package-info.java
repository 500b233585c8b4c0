/**
 * The half that proves: converts PostgreSQL's binary values back to SQLite's terms. It does not know the half that
 * writes.
 */
package dev.outgrow.typemap.internal.decode;
