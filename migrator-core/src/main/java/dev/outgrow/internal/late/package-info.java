/** Late writes: what was written to the file after the switchover, how it is found and how it reaches the target. */
package dev.outgrow.internal.late;
