/** The rows in which the two databases differ, when differences are what is wanted: all that the target wrote since. */
package dev.outgrow.validate.internal.change;
