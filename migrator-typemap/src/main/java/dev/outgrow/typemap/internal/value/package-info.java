/** One SQLite value at a time, as the reading loops see it: reused, so that no row allocates. */
package dev.outgrow.typemap.internal.value;
