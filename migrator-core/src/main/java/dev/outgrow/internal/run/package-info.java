/** The order of things: the lock, the snapshot, what the journal knows, and which of the two wings carries the plan out. */
package dev.outgrow.internal.run;
