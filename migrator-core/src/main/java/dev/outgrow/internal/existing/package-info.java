/**
 * The wing for schemas whose tables the app's own migrations made: which table and column receives what, everything
 * that the target would refuse, and one transaction from the first row to the recorded success.
 */
package dev.outgrow.internal.existing;
