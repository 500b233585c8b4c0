/** The counting of one column's values, in memory that does not grow with the table. */
package dev.outgrow.typemap.internal.census;
