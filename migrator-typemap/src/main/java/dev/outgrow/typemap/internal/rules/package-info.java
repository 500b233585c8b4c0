/** The standard rules, and the choice of a mapping for a column from rules, declaration and census. */
package dev.outgrow.typemap.internal.rules;
