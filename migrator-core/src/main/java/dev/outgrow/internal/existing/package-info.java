/**
 * The plan for a schema that the app's own migrations made: which table and column receives what, and everything that the
 * target would refuse, found before the first write.
 */
package dev.outgrow.internal.existing;
