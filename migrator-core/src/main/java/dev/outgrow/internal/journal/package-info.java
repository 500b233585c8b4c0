/** What the target remembers of runs: which are under way, what they have done, what they reported, and who holds the lock. */
package dev.outgrow.internal.journal;
